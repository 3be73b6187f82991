package io.evenkeel.platform.openapi.schema;

import com.fasterxml.jackson.databind.JavaType;
import io.evenkeel.platform.json.Change;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Describes {@link Change} as what it changes; {@link RecordSchemas} adds that it may be null. */
final class ChangeModelConverter implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType annotated, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType type = Json.mapper().constructType(annotated.getType());
        if (type != null && type.getRawClass() == Change.class) {
            return context.resolve(new AnnotatedType(type.containedTypeOrUnknown(0))
                    .ctxAnnotations(annotated.getCtxAnnotations())
                    .jsonViewAnnotation(annotated.getJsonViewAnnotation())
                    .resolveAsRef(true));
        }
        return chain.hasNext() ? chain.next().resolve(annotated, context, chain) : null;
    }
}
