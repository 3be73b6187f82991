package io.evenkeel.dataplane.http.message;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.memory.Bytes;
import io.evenkeel.dataplane.http.memory.NoBlockException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A head as it arrives, reused from message to message. A head that comes in one piece is read where it lies; only one
 * that is split is gathered in a block. What is read of it is valid until the input is gone or {@link #clear()}.
 */
public abstract sealed class MessageHead permits RequestHead, ResponseHead {

    static final int VERSION_LENGTH = 8;
    private static final int MAX_CUTS = 8;
    private static final byte[] VERSION_NAME = Ascii.bytes("HTTP/");

    /** Is shown fields, as ranges [start, end) of the bytes. */
    @FunctionalInterface
    public interface FieldVisitor {
        void field(MemorySegment bytes, int nameStart, int nameEnd, int valueStart, int valueEnd);
    }

    private final BlockPool blocks;
    private final HeadScanner scanner;
    private final FieldRules rules = new FieldRules();
    private @Nullable Block gathered;
    private MemorySegment bytes = MemorySegment.NULL;
    private int base;
    private List<byte[]> added = List.of();
    private final int[] cuts = new int[2 * MAX_CUTS];
    private int cutCount;

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
        added = List.of();
        cutCount = 0;
        scanner.clear();
    }

    /** What {@link #valueStart} and {@link #valueEnd} are places in. */
    public MemorySegment bytes() {
        return bytes;
    }

    FieldRules rules() {
        return rules;
    }

    /** The next such field after that one, to begin with -1; and -1 when there is none. */
    public int next(KnownField wanted, int after) {
        var fields = scanner.fields();
        for (int field = after + 1; field < fields.count(); field++) {
            if (fields.known(field) == wanted && !fields.isDropped(field)) {
                return field;
            }
        }
        return -1;
    }

    public int valueStart(int field) {
        return base + scanner.fields().valueStart(field);
    }

    public int valueEnd(int field) {
        return base + scanner.fields().valueEnd(field);
    }

    /** The value of the first field of that name, cut where it is longer than that; null when there is none. */
    public byte @Nullable [] value(byte[] lowerCaseName, int maxBytes) {
        int field = find(lowerCaseName, 0);
        return field < 0 ? null : copy(valueStart(field), valueEnd(field), maxBytes);
    }

    /** The values of all fields of that name, joined by commas, cut where that is longer; empty when there is none. */
    public String values(byte[] lowerCaseName, int maxBytes) {
        var joined = new StringBuilder();
        for (int field = find(lowerCaseName, 0); field >= 0; field = find(lowerCaseName, field + 1)) {
            int room = Math.max(0, maxBytes - joined.length());
            joined.append(joined.isEmpty() ? "" : ", ")
                    .append(new String(copy(valueStart(field), valueEnd(field), room), StandardCharsets.ISO_8859_1));
        }
        return joined.toString();
    }

    /** Leaves all fields of that name out of what {@link #appendFields} copies. */
    public void drop(byte[] lowerCaseName) {
        for (int field = find(lowerCaseName, 0); field >= 0; field = find(lowerCaseName, field + 1)) {
            scanner.fields().drop(field);
        }
    }

    /** Adds lines to what {@link #appendFields} copies. */
    public void add(byte[] lines) {
        if (added.isEmpty()) {
            added = new ArrayList<>();
        }
        added.add(lines);
    }

    /** The first field of that name from there on; -1 when there is none. */
    private int find(byte[] lowerCaseName, int from) {
        var fields = scanner.fields();
        for (int field = from; field < fields.count(); field++) {
            if (Ascii.equalsIgnoringCase(
                    bytes, base + fields.nameStart(field), base + fields.nameEnd(field), lowerCaseName)) {
                return field;
            }
        }
        return -1;
    }

    byte[] copy(int from, int to, int maxBytes) {
        return bytes.asSlice(from, Math.min(to - from, maxBytes)).toArray(ValueLayout.JAVA_BYTE);
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

    /** Likewise all fields of that name, also if it is spelt with underscores, which CGI takes for hyphens. */
    public void dropHoweverSpelt(byte[] lowerCaseName) {
        var fields = scanner.fields();
        for (int field = 0; field < fields.count(); field++) {
            int start = base + fields.nameStart(field);
            if (KnownField.isSpelt(lowerCaseName, bytes, start, base + fields.nameEnd(field))) {
                fields.drop(field);
            }
        }
    }

    /** The number of the next field of that name in lower case, after another one or -1; -1 when there is none. */
    public int nextField(byte[] lowerCaseName, int after) {
        return find(lowerCaseName, after + 1);
    }

    public void copyValue(int field, Bytes out) {
        out.append(bytes, valueStart(field), valueEnd(field));
    }

    /** Leaves this field out of what {@link #appendFields} copies. */
    public void drop(int field) {
        scanner.fields().drop(field);
    }

    /**
     * Leaves these bytes, which belong to one value, out of what {@link #appendFields} copies. To be called from the first
     * to the last; one that reaches into the last cut takes its place. Beyond a handful nothing more is cut.
     */
    public void cut(int from, int to) {
        if (cutCount > 0 && cuts[2 * cutCount - 1] >= from) {
            cutCount--;
        }
        if (cutCount < MAX_CUTS) {
            cuts[2 * cutCount] = from;
            cuts[2 * cutCount + 1] = to;
            cutCount++;
        }
    }

    /** Whether {@link #appendFields} leaves anything out, or adds to it. */
    boolean isChanged() {
        return scanner.fields().hasDropped() || !added.isEmpty();
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
            appendUncut(target, base + fields.nameStart(first), base + fields.lineEnd(field - 1));
        }
        for (int i = 0; i < added.size(); i++) {
            target.append(added.get(i));
        }
    }

    /** Shows the fields that go on, in their order. */
    public void forEachField(FieldVisitor visitor) {
        var fields = scanner.fields();
        for (int field = 0; field < fields.count(); field++) {
            if (!fields.isDropped(field)) {
                visitor.field(
                        bytes,
                        base + fields.nameStart(field),
                        base + fields.nameEnd(field),
                        base + fields.valueStart(field),
                        base + fields.valueEnd(field));
            }
        }
    }

    private void appendUncut(Block target, int from, int to) {
        int at = from;
        for (int i = 0; i < cutCount; i++) {
            if (cuts[2 * i] >= at && cuts[2 * i + 1] <= to) {
                target.append(bytes, at, cuts[2 * i]);
                at = cuts[2 * i + 1];
            }
        }
        target.append(bytes, at, to);
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
