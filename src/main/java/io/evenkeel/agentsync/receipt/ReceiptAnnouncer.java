package io.evenkeel.agentsync.receipt;

/** Tells other nodes that receipts were written. */
public interface ReceiptAnnouncer {

    /** Returns at once; many calls may become one word. */
    void announceReceipts();
}
