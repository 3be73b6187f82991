package io.evenkeel.platform.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Schemas of what writes answer beside the resource: warnings, and the plan of a dry run. */
final class PlanSchemas {

    private PlanSchemas() {}

    static void addTo(Components components) {
        components
                .addSchemas("Warning", warning())
                .addSchemas("WritePlan", plan())
                .addSchemas("PlannedListener", listener())
                .addSchemas("PlannedMember", member())
                .addSchemas("ExpectedShare", share())
                .addSchemas("DryRunAnswer", dryRun());
    }

    /** Adds to the answer of a write what stands beside its resource. */
    static void extend(Schema<?> answer) {
        answer.addProperty(
                "warnings",
                list("Warning").description("Of a write that succeeded and has something to say; else left out"));
        answer.addProperty("plan", ref("WritePlan"));
    }

    private static Schema<?> warning() {
        return required(Answers.object()
                .description("Something to know about a write that succeeded")
                .addProperty("code", Answers.text("In capitals, stable: `NOT_IN_EFFECT`, `ZONE_WITHOUT_BACKEND`, …"))
                .addProperty("message", Answers.text("A sentence that names the resource and what to do")));
    }

    private static Schema<?> plan() {
        return required(Answers.object()
                .description("What a dry run would change for the traffic; what stays the same is left out")
                .addProperty("listeners", list("PlannedListener"))
                .addProperty("members", list("PlannedMember")));
    }

    private static Schema<?> listener() {
        return required(Answers.object()
                .addProperty("id", uuid())
                .addProperty("loadbalancer_id", uuid())
                .addProperty("change", words("added", "changed", "removed")));
    }

    private static Schema<?> member() {
        var port = Answers.typed("integer");
        port.setFormat("int32");
        return required(Answers.object()
                .addProperty("id", uuid())
                .addProperty("pool_id", uuid())
                .addProperty("address", Answers.text("IPv4 or IPv6"))
                .addProperty("protocol_port", port)
                .addProperty("change", words("added", "changed", "removed", "share"))
                .addProperty("expected_share", ref("ExpectedShare")));
    }

    private static Schema<?> share() {
        return required(Answers.object()
                .description("The part of the pool's requests that a member gets, 0..1; null where it is no member")
                .addProperty("before", part())
                .addProperty("after", part()));
    }

    private static Schema<?> part() {
        var part = new Schema<>().types(new LinkedHashSet<>(List.of("number", "null")));
        part.setMinimum(BigDecimal.ZERO);
        part.setMaximum(BigDecimal.ONE);
        return part;
    }

    private static Schema<?> dryRun() {
        var schema = Answers.object();
        schema.setDescription("A write that answers nothing else, rehearsed");
        schema.addProperty("request_id", Answers.text("The same as in the header `X-Request-Id`"));
        schema.addProperty("warnings", list("Warning"));
        schema.addProperty("plan", ref("WritePlan"));
        schema.setRequired(List.of("request_id", "plan"));
        return schema;
    }

    private static Schema<?> required(Schema<?> object) {
        object.setRequired(List.copyOf(object.getProperties().keySet()));
        return object;
    }

    private static Schema<?> uuid() {
        return Answers.typed("string").format("uuid");
    }

    private static Schema<?> words(String... words) {
        var schema = new Schema<String>();
        schema.setTypes(Set.of("string"));
        schema.setEnum(List.of(words));
        return schema;
    }

    private static Schema<?> list(String name) {
        return Answers.typed("array").items(ref(name));
    }

    private static Schema<?> ref(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
