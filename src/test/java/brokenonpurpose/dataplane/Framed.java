package brokenonpurpose.dataplane;

import org.springframework.context.ApplicationContext;

/** Cannot run in a process of its own. */
record Framed(ApplicationContext context) {}
