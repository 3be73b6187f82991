package io.evenkeel.platform.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;

/** Reads {@link Change} of any content. */
final class ChangeDeserializer extends ValueDeserializer<Change<?>> {

    private final @Nullable JavaType content;

    ChangeDeserializer(@Nullable JavaType content) {
        this.content = content;
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        var type = property == null ? context.getContextualType() : property.getType();
        return new ChangeDeserializer(type.containedTypeOrUnknown(0));
    }

    @Override
    public Change<?> deserialize(JsonParser parser, DeserializationContext context) {
        Object value = context.readValue(parser, content);
        return new Change.Put<>(value);
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
        return new Change.Clear<>();
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return new Change.Keep<>();
    }
}
