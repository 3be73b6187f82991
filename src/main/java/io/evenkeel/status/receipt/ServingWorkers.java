package io.evenkeel.status.receipt;

import io.evenkeel.status.receipt.Receipt.Subject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Which workers are to serve what. */
public interface ServingWorkers {

    /** For each of these the ids of the live workers that are to serve it; of what is deleted, all that live. */
    Map<Subject, Set<String>> of(Collection<Subject> subjects);
}
