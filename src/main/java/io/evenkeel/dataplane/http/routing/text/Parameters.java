package io.evenkeel.dataplane.http.routing.text;

import io.evenkeel.dataplane.http.memory.Bytes;
import java.util.Arrays;

/** The parameters of a query as forms have them: pairs between ampersands, percent-encoded, plus signs for spaces. */
public final class Parameters {

    private static final int INITIAL = 16;

    private final Bytes text = new Bytes();
    private int[] starts = new int[INITIAL];
    private int[] nameEnds = new int[INITIAL];
    private int[] ends = new int[INITIAL];
    private int[] hashes = new int[INITIAL];
    private int count;

    /** Forgets what was read before. */
    public void read(Bytes query) {
        text.clear();
        count = 0;
        int at = 0;
        while (at < query.size()) {
            at = readOne(query, at) + 1;
        }
    }

    private int readOne(Bytes query, int from) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            nameEnds = Arrays.copyOf(nameEnds, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        starts[count] = text.size();
        int nameEnd = -1;
        int at = from;
        while (at < query.size() && query.at(at) != '&') {
            int escaped = query.at(at) == '%' ? Escapes.at(query.array(), at, query.size()) : -1;
            if (escaped >= 0) {
                text.append((byte) escaped);
                at += 3;
            } else if (query.at(at) == '=' && nameEnd < 0) {
                nameEnd = text.size();
                at++;
            } else {
                text.append(query.at(at) == '+' ? (byte) ' ' : query.at(at));
                at++;
            }
        }
        nameEnds[count] = nameEnd < 0 ? text.size() : nameEnd;
        ends[count] = text.size();
        hashes[count] = hash(text.array(), starts[count], nameEnds[count]);
        count++;
        return at;
    }

    /** Of a name. */
    public static int hash(byte[] name, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + name[i];
        }
        return hash;
    }

    /** The number of the next parameter of that name, after another one or -1; -1 when there is none. */
    public int next(byte[] name, int nameHash, int after) {
        for (int i = after + 1; i < count; i++) {
            if (hashes[i] == nameHash && Arrays.equals(text.array(), starts[i], nameEnds[i], name, 0, name.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether that is what its value looks like. */
    public boolean matches(int parameter, Glob glob) {
        return glob.matches(text.array(), nameEnds[parameter], ends[parameter]);
    }
}
