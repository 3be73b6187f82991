package io.evenkeel.dataplane.proof;

import java.util.List;

/**
 * That every loop holds this generation or a later one, to be seen at these ports.
 *
 * @param targets ports at each of which every loop that takes from it is asked; none: there is nothing to ask
 */
public record Claim(Question subject, long generation, List<Target> targets) {

    public Claim {
        targets = List.copyOf(targets);
    }
}
