package io.evenkeel.dataplane.balancing;

/** A handful of indexes that are not to be picked, looked through one by one. */
final class Excluded {

    static final int[] NOBODY = {};

    private Excluded() {}

    static boolean contains(int[] excluded, int index) {
        for (int one : excluded) {
            if (one == index) {
                return true;
            }
        }
        return false;
    }
}
