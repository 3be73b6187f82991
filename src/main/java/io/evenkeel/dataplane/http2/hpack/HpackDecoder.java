package io.evenkeel.dataplane.http2.hpack;

/**
 * Reads the header blocks of one direction of a connection: RFC 7541 §3. For one thread at a time. A block that is too
 * large is read to its end, because later ones refer to what it said.
 */
public final class HpackDecoder {

    private final DynamicTable table = new DynamicTable();
    private final Scratch scratch;
    private final int maxListSize;
    private byte[] in = {};
    private int at;
    private int end;
    private int listSize;

    /** What decoders of a thread share. */
    public static final class Scratch {
        private final Text name = new Text();
        private final Text value = new Text();
    }

    /** @param maxListSize of the fields that are passed on, in the measure of RFC 9113 §6.5.2 */
    public HpackDecoder(Scratch scratch, int maxListSize) {
        this.scratch = scratch;
        this.maxListSize = maxListSize;
    }

    /** Reads a whole block in [from, to) and passes its fields on as long as they are not too many. */
    public void decode(byte[] bytes, int from, int to, FieldSink sink) throws HpackException {
        in = bytes;
        at = from;
        end = to;
        listSize = 0;
        boolean isBegun = false;
        while (at < end) {
            int first = in[at++] & 0xff;
            if ((first & 0xe0) == 0x20) {
                if (isBegun) {
                    throw new HpackException("table size changed within a block");
                }
                resize(integer(first, 0x1f));
            } else {
                isBegun = true;
                field(first, sink);
            }
        }
    }

    /** Whether fields of the last block were left out. */
    public boolean isTooLarge() {
        return listSize > maxListSize;
    }

    private void resize(int bytes) throws HpackException {
        if (bytes > DynamicTable.MAX_CAPACITY) {
            throw new HpackException("table too large");
        }
        table.capacity(bytes);
    }

    private void field(int first, FieldSink sink) throws HpackException {
        if ((first & 0x80) != 0) {
            var known = known(integer(first, 0x7f));
            emit(known.name(), known.name().length, known.value(), known.value().length, sink);
            return;
        }
        boolean isKept = (first & 0x40) != 0;
        int index = integer(first, isKept ? 0x3f : 0x0f);
        var name = scratch.name;
        if (index == 0) {
            string(name);
        } else {
            var known = known(index).name();
            name.set(known, 0, known.length);
        }
        var value = scratch.value;
        string(value);
        if (isKept) {
            table.add(new Field(name.copy(), value.copy()));
        }
        emit(name.bytes(), name.length(), value.bytes(), value.length(), sink);
    }

    private void emit(byte[] name, int nameLength, byte[] value, int valueLength, FieldSink sink) {
        // Not beyond what an int holds: a block of 64 KiB can name a field of 4 KiB so many times.
        listSize = Math.min(listSize + nameLength + valueLength + Field.OVERHEAD, Integer.MAX_VALUE / 2);
        if (!isTooLarge()) {
            sink.field(name, nameLength, value, valueLength);
        }
    }

    private Field known(int index) throws HpackException {
        if (index == 0 || index > StaticTable.SIZE + table.count()) {
            throw new HpackException("no such index");
        }
        return index <= StaticTable.SIZE ? StaticTable.get(index) : table.get(index - StaticTable.SIZE - 1);
    }

    private void string(Text out) throws HpackException {
        int first = next();
        int length = integer(first, 0x7f);
        if (length > end - at) {
            throw new HpackException("string beyond the end of its block");
        }
        if ((first & 0x80) == 0) {
            out.set(in, at, at + length);
        } else {
            out.clear();
            Huffman.decode(in, at, at + length, out);
        }
        at += length;
    }

    /** RFC 7541 §5.1, as large as anything here can be: 28 bits beyond the prefix. */
    private int integer(int first, int mask) throws HpackException {
        int value = first & mask;
        if (value < mask) {
            return value;
        }
        for (int shift = 0; shift < 28; shift += 7) {
            int b = next();
            value += (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new HpackException("integer too large");
    }

    private int next() throws HpackException {
        if (at == end) {
            throw new HpackException("block cut off");
        }
        return in[at++] & 0xff;
    }
}
