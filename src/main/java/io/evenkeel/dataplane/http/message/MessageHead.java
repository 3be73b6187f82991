package io.evenkeel.dataplane.http.message;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.memory.NoBlockException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A head as it arrives, reused from message to message. A head that comes in one piece is read where it lies; only one
 * that is split is gathered in a block. What is read of it is valid until the input is gone or {@link #clear()}.
 */
public abstract sealed class MessageHead permits RequestHead, ResponseHead {

    static final int VERSION_LENGTH = 8;
    private static final byte[] VERSION_NAME = Ascii.bytes("HTTP/");

    private final BlockPool blocks;
    private final HeadScanner scanner;
    private final FieldRules rules = new FieldRules();
    private @Nullable Block gathered;
    private MemorySegment bytes = MemorySegment.NULL;
    private int base;

    MessageHead(BlockPool blocks, boolean isRequest) {
        this.blocks = blocks;
        this.scanner = new HeadScanner(isRequest);
    }

    /** Reads on and returns the index after the last byte that belongs to the head. */
    public int read(MemorySegment input, int from, int to) throws RefusedException {
        int end = scanner.scan(input, from, to);
        if (gathered != null || !scanner.isComplete()) {
            gather(input, from, end);
        }
        if (scanner.isComplete()) {
            bytes = gathered == null ? input : gathered.segment();
            base = gathered == null ? from : 0;
            scanner.fields().finish(bytes, base);
            rules.apply(bytes, base, scanner.fields());
            interpret(bytes, base + scanner.lineStart(), base + scanner.lineEnd());
        }
        return end;
    }

    private void gather(MemorySegment input, int from, int end) throws RefusedException {
        gathered = roomFor(scanner.size()).append(input, from, end);
    }

    private Block roomFor(int needed) throws RefusedException {
        try {
            if (gathered == null) {
                return blocks.take(needed);
            }
            return needed > gathered.capacity() ? blocks.grow(gathered, needed) : gathered;
        } catch (NoBlockException full) {
            throw new RefusedException(503, "no memory left for a head in parts");
        }
    }

    /** Called with the complete head and its start line in [start, end). */
    abstract void interpret(MemorySegment bytes, int start, int end) throws RefusedException;

    /** RFC 9112 §2.3. False for 1.1; refuses every other version with 505 and everything else with 400. */
    static boolean isHttp10(MemorySegment bytes, int start, int end) throws RefusedException {
        if (end - start != VERSION_LENGTH
                || !Ascii.equals(bytes, start, start + VERSION_NAME.length, VERSION_NAME)
                || !Ascii.isDigit(Ascii.at(bytes, start + 5))
                || Ascii.at(bytes, start + 6) != '.'
                || !Ascii.isDigit(Ascii.at(bytes, start + 7))) {
            throw RefusedException.malformed("bad HTTP version");
        }
        int minor = Ascii.at(bytes, start + 7);
        if (Ascii.at(bytes, start + 5) != '1' || minor > '1') {
            throw new RefusedException(505, "HTTP version not served");
        }
        return minor == '0';
    }

    public boolean isComplete() {
        return scanner.isComplete();
    }

    /** Bytes read so far. */
    public int size() {
        return scanner.size();
    }

    /** Makes ready for the next head and gives back what was gathered. */
    public void clear() {
        blocks.give(gathered);
        gathered = null;
        bytes = MemorySegment.NULL;
        scanner.clear();
    }

    MemorySegment bytes() {
        return bytes;
    }

    FieldRules rules() {
        return rules;
    }

    int valueStart(int field) {
        return base + scanner.fields().valueStart(field);
    }

    int valueEnd(int field) {
        return base + scanner.fields().valueEnd(field);
    }

    /** Leaves these fields out of what {@link #appendFields} copies. */
    public void drop(KnownField unwanted) {
        var fields = scanner.fields();
        for (int field = 0; field < fields.count(); field++) {
            if (fields.known(field) == unwanted) {
                fields.drop(field);
            }
        }
    }

    /** Whether {@link #appendFields} leaves anything out. */
    boolean hasDropped() {
        return scanner.fields().hasDropped();
    }

    /** The whole head with its last empty line, as it came. */
    public MemorySegment asItCame() {
        return bytes.asSlice(base + scanner.lineStart(), scanner.size() - scanner.lineStart());
    }

    /** Copies the fields that go on, line by line as they came; hop-by-hop fields stay behind (RFC 9110 §7.6.1). */
    public void appendFields(Block target) {
        var fields = scanner.fields();
        int field = 0;
        while (field < fields.count()) {
            if (fields.isDropped(field)) {
                field++;
                continue;
            }
            int first = field;
            while (field < fields.count() && !fields.isDropped(field)) {
                field++;
            }
            target.append(bytes, base + fields.nameStart(first), base + fields.lineEnd(field - 1));
        }
    }

    /** Copies the values of all such fields, joined by commas. Returns whether there was any. */
    public boolean appendValues(KnownField wanted, Block target) {
        var fields = scanner.fields();
        boolean isFirst = true;
        for (int field = 0; field < fields.count(); field++) {
            if (fields.known(field) != wanted || fields.valueStart(field) == fields.valueEnd(field)) {
                continue;
            }
            if (!isFirst) {
                target.append(',').append(' ');
            }
            target.append(bytes, base + fields.valueStart(field), base + fields.valueEnd(field));
            isFirst = false;
        }
        return !isFirst;
    }
}
