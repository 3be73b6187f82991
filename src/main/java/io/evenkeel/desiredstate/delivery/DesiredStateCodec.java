package io.evenkeel.desiredstate.delivery;

import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredResource;
import io.evenkeel.desiredstate.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The canonical bytes of a desired resource: the components of its record in order, big-endian, lengths before
 * contents, enums by name; a record that is one of several kinds has its name before it. Equal resources have equal
 * bytes. The last-good file is made of them and the digest taken over them. A change of shape changes {@link #SHAPE}, so
 * that bytes of another shape are recognised, never misread.
 */
public final class DesiredStateCodec {

    /** Names every component of every record, so that it differs whenever the bytes would mean something else. */
    public static final String SHAPE = shapeOf(DesiredLoadBalancer.class) + shapeOf(DesiredPool.class);

    private DesiredStateCodec() {}

    public static byte[] encode(DesiredResource resource) {
        var bytes = new ByteArrayOutputStream();
        try {
            var out = new DataOutputStream(bytes);
            out.writeUTF(resource.kind().name());
            writeRecord(out, (Record) resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IOException when the bytes are cut short or are no resource
     */
    public static DesiredResource decode(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            return switch (ResourceKind.valueOf(in.readUTF())) {
                case LOAD_BALANCER -> (DesiredResource) readRecord(in, DesiredLoadBalancer.class);
                case POOL -> (DesiredResource) readRecord(in, DesiredPool.class);
            };
        } catch (IllegalArgumentException e) {
            throw new IOException("Not a desired resource", e);
        }
    }

    private static void writeRecord(DataOutput out, Record value) throws IOException {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            write(out, read(component, value));
        }
    }

    private static void write(DataOutput out, Object value) throws IOException {
        switch (value) {
            case UUID id -> {
                out.writeLong(id.getMostSignificantBits());
                out.writeLong(id.getLeastSignificantBits());
            }
            case String text -> writeText(out, text);
            case Boolean flag -> out.writeBoolean(flag);
            case Integer number -> out.writeInt(number);
            case Long number -> out.writeLong(number);
            case Duration duration -> out.writeLong(duration.toNanos());
            case Enum<?> constant -> writeText(out, constant.name());
            case Optional<?> optional -> {
                out.writeBoolean(optional.isPresent());
                if (optional.isPresent()) {
                    write(out, optional.get());
                }
            }
            case List<?> list -> {
                out.writeInt(list.size());
                for (Object item : list) {
                    write(out, item);
                }
            }
            case Map<?, ?> map -> {
                out.writeInt(map.size());
                for (var entry : new TreeMap<>(map).entrySet()) {
                    write(out, entry.getKey());
                    write(out, entry.getValue());
                }
            }
            case Record nested -> {
                if (isOneOfSeveral(nested.getClass())) {
                    writeText(out, nested.getClass().getSimpleName());
                }
                writeRecord(out, nested);
            }
            default -> throw new IllegalStateException("No canonical form for " + value.getClass());
        }
    }

    private static Record readRecord(DataInput in, Class<?> type) throws IOException {
        var components = type.getRecordComponents();
        var arguments = new Object[components.length];
        var types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = read(in, components[i].getGenericType());
        }
        try {
            return (Record) type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IOException("Not a " + type.getSimpleName(), e);
        }
    }

    private static Object read(DataInput in, Type type) throws IOException {
        if (type instanceof ParameterizedType generic) {
            return readGeneric(in, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        var plain = (Class<?>) type;
        if (plain == UUID.class) {
            return new UUID(in.readLong(), in.readLong());
        } else if (plain == String.class) {
            return readText(in);
        } else if (plain == boolean.class || plain == Boolean.class) {
            return in.readBoolean();
        } else if (plain == int.class || plain == Integer.class) {
            return in.readInt();
        } else if (plain == long.class || plain == Long.class) {
            return in.readLong();
        } else if (plain == Duration.class) {
            return Duration.ofNanos(in.readLong());
        } else if (plain.isEnum()) {
            return constant(plain, readText(in));
        } else if (plain.isSealed()) {
            return readRecord(in, named(plain, readText(in)));
        }
        return readRecord(in, plain);
    }

    private static boolean isOneOfSeveral(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    private static Class<?> named(Class<?> sealedType, String name) throws IOException {
        return Arrays.stream(sealedType.getPermittedSubclasses())
                .filter(permitted -> permitted.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("No " + sealedType.getSimpleName() + " is called " + name));
    }

    private static Object readGeneric(DataInput in, Class<?> raw, Type[] arguments) throws IOException {
        if (raw == Optional.class) {
            return in.readBoolean() ? Optional.of(read(in, arguments[0])) : Optional.empty();
        }
        int size = in.readInt();
        if (raw == List.class) {
            var list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(read(in, arguments[0]));
            }
            return list;
        }
        var map = new TreeMap<Object, Object>();
        for (int i = 0; i < size; i++) {
            map.put(read(in, arguments[0]), read(in, arguments[1]));
        }
        return map;
    }

    private static void writeText(DataOutput out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > 1 << 20) {
            throw new IOException("A text of " + length + " bytes");
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Object constant(Class<?> type, String name) throws IOException {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IOException("No " + type.getSimpleName() + " is called " + name);
    }

    private static Object read(RecordComponent component, Record owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Desired state is made of public records", e);
        }
    }

    private static String shapeOf(Type type) {
        return switch (type) {
            case ParameterizedType generic -> {
                var text = new StringBuilder(((Class<?>) generic.getRawType()).getSimpleName());
                for (Type argument : generic.getActualTypeArguments()) {
                    text.append('<').append(shapeOf(argument)).append('>');
                }
                yield text.toString();
            }
            case Class<?> record
            when record.isRecord() -> {
                var text = new StringBuilder(record.getSimpleName()).append('(');
                for (RecordComponent component : record.getRecordComponents()) {
                    text.append(component.getName())
                            .append(':')
                            .append(shapeOf(component.getGenericType()))
                            .append(' ');
                }
                yield text.append(')').toString();
            }
            case Class<?> several
            when several.isSealed() ->
                several.getSimpleName()
                        + Arrays.stream(several.getPermittedSubclasses())
                                .map(DesiredStateCodec::shapeOf)
                                .toList();
            case Class<?> plain -> plain.getSimpleName();
            default -> throw new IllegalStateException("No canonical form for " + type);
        };
    }
}
