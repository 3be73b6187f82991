package brokenonpurpose.desiredstate;

import org.springframework.context.ApplicationContext;

/** Cannot be built alone. */
record Attached(ApplicationContext context) {}
