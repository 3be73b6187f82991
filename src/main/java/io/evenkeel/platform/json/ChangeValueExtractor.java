package io.evenkeel.platform.json;

import jakarta.validation.valueextraction.ExtractedValue;
import jakarta.validation.valueextraction.ValueExtractor;

/** Lets Bean Validation look into {@code Change<@Size(max = 255) String>}; nothing is checked where nothing was put. */
public final class ChangeValueExtractor implements ValueExtractor<Change<@ExtractedValue ?>> {

    @Override
    public void extractValues(Change<?> change, ValueReceiver receiver) {
        if (change instanceof Change.Put<?>(Object value)) {
            receiver.value(null, value);
        }
    }
}
