package io.evenkeel.livechanges.load;

import io.evenkeel.livechanges.scene.Front;
import java.io.IOException;

/** How blocks of bytes go to a server and come back over one connection that is held. */
enum Streaming {
    HTTP(Front.WEB) {
        @Override
        void begin(Wire wire) throws IOException {
            wire.send("POST /stream HTTP/1.1\r\nHost: " + Wire.HOST + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        @Override
        byte[] echoed(Wire wire, byte[] block, boolean isFirst) throws IOException {
            wire.sendChunk(block);
            if (isFirst) {
                requireOk(wire);
            }
            return wire.readChunk();
        }

        private void requireOk(Wire wire) throws IOException {
            var head = wire.readHead();
            if (head.isEmpty() || !head.getFirst().startsWith("HTTP/1.1 200")) {
                throw new IOException("answered " + head);
            }
        }

        @Override
        void end(Wire wire) throws IOException {
            wire.send("0\r\n\r\n");
            if (wire.readChunk().length > 0) {
                throw new IOException("more came than was sent");
            }
        }
    },
    TCP(Front.STREAM) {
        @Override
        void begin(Wire wire) {
            // The first byte is the first block's.
        }

        @Override
        byte[] echoed(Wire wire, byte[] block, boolean isFirst) throws IOException {
            wire.send(block);
            return wire.readExactly(block.length);
        }

        @Override
        void end(Wire wire) throws IOException {
            wire.endOutput();
            if (wire.readByte() >= 0) {
                throw new IOException("more came than was sent");
            }
        }
    },
    WEB_SOCKET(Front.WEB) {
        @Override
        void begin(Wire wire) throws IOException {
            WebSockets.open(wire);
        }

        @Override
        byte[] echoed(Wire wire, byte[] block, boolean isFirst) throws IOException {
            return WebSockets.echoed(wire, block);
        }

        @Override
        void end(Wire wire) throws IOException {
            WebSockets.close(wire);
        }
    };

    private final Front front;

    Streaming(Front front) {
        this.front = front;
    }

    Front front() {
        return front;
    }

    abstract void begin(Wire wire) throws IOException;

    abstract byte[] echoed(Wire wire, byte[] block, boolean isFirst) throws IOException;

    /** Ends it as it should, and finds nothing more. */
    abstract void end(Wire wire) throws IOException;
}
