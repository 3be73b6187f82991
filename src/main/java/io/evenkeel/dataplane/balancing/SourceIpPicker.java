package io.evenkeel.dataplane.balancing;

import java.util.List;

/**
 * A client keeps its member. The table holds every configured member; a client whose member is away takes the next of
 * its own series of slots, so that only the clients of the one that left move, and come back with it.
 */
final class SourceIpPicker implements Picker {

    private static final int REHASHES = 16;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final MaglevTable table;
    private final boolean[] takesNew;
    private final int takers;

    SourceIpPicker(MaglevTable table, List<Candidate> candidates) {
        this.table = table;
        takesNew = new boolean[candidates.size()];
        int count = 0;
        for (int i = 0; i < takesNew.length; i++) {
            takesNew[i] = candidates.get(i).takesNew();
            count += takesNew[i] ? 1 : 0;
        }
        takers = count;
    }

    @Override
    public int pick(long clientKey) {
        if (takers == 0) {
            return NONE;
        }
        // Nearly always the first slot of the series; the rest is apart, so that this stays small enough to be inlined.
        int member = table.memberAt(table.slotOf(MaglevTable.mix(clientKey + STEP)));
        return takesNew[member] ? member : find(clientKey, Excluded.NOBODY);
    }

    @Override
    public int pickOther(long clientKey, int... failed) {
        return takers - takersAmong(failed) == 0 ? NONE : find(clientKey, failed);
    }

    /** Each counted once, however often it failed. */
    private int takersAmong(int[] failed) {
        int count = 0;
        for (int i = 0; i < failed.length; i++) {
            boolean isTaker = failed[i] != NONE && takesNew[failed[i]];
            count += isTaker && firstOf(failed, failed[i]) == i ? 1 : 0;
        }
        return count;
    }

    private static int firstOf(int[] failed, int member) {
        int first = 0;
        while (failed[first] != member) {
            first++;
        }
        return first;
    }

    private int find(long clientKey, int[] failed) {
        long base = clientKey + STEP;
        int slot = 0;
        for (int i = 0; i <= REHASHES; i++) {
            slot = table.slotOf(MaglevTable.mix(base));
            int member = table.memberAt(slot);
            if (takesNew[member] && !Excluded.contains(failed, member)) {
                return member;
            }
            base += STEP;
        }
        return nextFrom(slot, failed);
    }

    /** Ends, because somebody else is there and everybody has slots. */
    private int nextFrom(int start, int[] failed) {
        int slot = start;
        while (true) {
            slot = slot + 1 == table.size() ? 0 : slot + 1;
            int member = table.memberAt(slot);
            if (takesNew[member] && !Excluded.contains(failed, member)) {
                return member;
            }
        }
    }

    @Override
    public void activeChanged(int index) {
        // The client decides, not the load.
    }
}
