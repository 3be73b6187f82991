package io.evenkeel.dataplane.http2.hpack;

/** Takes the fields of a header block in their order. */
@FunctionalInterface
public interface FieldSink {

    /**
     * One field. The arrays are valid during the call, from their start up to the length, and not to be changed.
     *
     * @param name in lower case if the peer keeps the rules; nothing is checked
     */
    void field(byte[] name, int nameLength, byte[] value, int valueLength);
}
