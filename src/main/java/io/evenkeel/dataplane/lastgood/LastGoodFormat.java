package io.evenkeel.dataplane.lastgood;

import io.evenkeel.desiredstate.delivery.DesiredStateCodec;
import io.evenkeel.desiredstate.delivery.Epoch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The bytes of a file: magic, version, SHA-256 of the shape of desired state, epoch, length and canonical bytes of the
 * resource, and a SHA-256 over all of it, so that no flipped or missing byte goes unnoticed.
 */
final class LastGoodFormat {

    private static final int MAGIC = 0x45564b4c;
    private static final int VERSION = 1;
    private static final int CHECKSUM_LENGTH = 32;

    private final byte[] shape;

    /** @param shape {@link DesiredStateCodec#SHAPE} */
    LastGoodFormat(String shape) {
        this.shape = sha256(shape.getBytes(StandardCharsets.UTF_8));
    }

    byte[] encode(LastGood lastGood) {
        var bytes = new ByteArrayOutputStream();
        try {
            var out = new DataOutputStream(bytes);
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.write(shape);
            out.writeLong(lastGood.epoch().number());
            out.writeUTF(lastGood.epoch().identity());
            var resource = DesiredStateCodec.encode(lastGood.resource());
            out.writeInt(resource.length);
            out.write(resource);
            out.write(sha256(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IOException saying in what way the bytes are none of ours, or damaged
     */
    LastGood decode(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        require(bytes.length >= 2 * Integer.BYTES && in.readInt() == MAGIC, "is no last-good file");
        require(in.readInt() == VERSION, "has a format of another version");
        require(bytes.length >= CHECKSUM_LENGTH && isUndamaged(bytes), "is damaged");
        require(Arrays.equals(in.readNBytes(shape.length), shape), "holds desired state of another shape");
        var epoch = new Epoch(in.readLong(), in.readUTF());
        return new LastGood(epoch, DesiredStateCodec.decode(in.readNBytes(in.readInt())));
    }

    private static boolean isUndamaged(byte[] bytes) {
        int end = bytes.length - CHECKSUM_LENGTH;
        var checksum = Arrays.copyOfRange(bytes, end, bytes.length);
        return MessageDigest.isEqual(checksum, sha256(Arrays.copyOf(bytes, end)));
    }

    private static void require(boolean isTrue, String otherwise) throws IOException {
        if (!isTrue) {
            throw new IOException("The file " + otherwise);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
