package io.evenkeel.livechanges.scene;

import java.util.Map;
import java.util.TreeMap;

/**
 * A policy that leads to pools which no listener has as its default pool.
 *
 * @param number its own for ever
 * @param priority the smaller ones go first
 * @param shares weights of its pools by their numbers, one above 0
 */
public record Policy(int number, int priority, Match match, Map<Integer, Integer> shares, boolean isSticky) {

    public Policy {
        shares = new TreeMap<>(shares);
    }

    /** Which requests it takes. */
    public enum Match {
        PREFIX {
            @Override
            boolean takes(String path) {
                return path.startsWith("/p1");
            }
        },
        EXACT {
            @Override
            boolean takes(String path) {
                return path.equals("/p1/a");
            }
        },
        PATTERN {
            @Override
            boolean takes(String path) {
                return path.equals("/p1/a") || path.equals("/p2/a");
            }
        },
        /** Of the host that all clients name. */
        HOST_AND_PREFIX {
            @Override
            boolean takes(String path) {
                return path.startsWith("/p2");
            }
        };

        abstract boolean takes(String path);
    }

    /** Paths that clients ask for; the first one no policy takes. */
    public static String path(int number) {
        return switch (Math.floorMod(number, 4)) {
            case 0 -> "/";
            case 1 -> "/p1/a";
            case 2 -> "/p1/b";
            default -> "/p2/a";
        };
    }

    Policy at(int other) {
        return new Policy(number, other, match, shares, isSticky);
    }
}
