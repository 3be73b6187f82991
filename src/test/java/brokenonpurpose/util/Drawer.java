package brokenonpurpose.util;

/** Anything goes in here. */
class Drawer {}
