package io.evenkeel.writes;

import io.evenkeel.platform.write.Warnings;
import io.evenkeel.writes.WriteDoor.Call;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.InvocableHandlerMethod;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;
import tools.jackson.databind.json.JsonMapper;

/** A controller's method that writes: its arguments are read outside the transaction, its body runs inside. */
final class WriteHandlerMethod extends ServletInvocableHandlerMethod {

    static final String WARNINGS_HEADER = "X-Elb-Warnings";
    private static final String REPLAYED_HEADER = "Idempotency-Replayed";

    private final WriteDoor door;
    private final Generations generations;
    private final JsonMapper json;
    private final @Nullable HandlerMethod reading;
    private @Nullable HandlerMethodArgumentResolverComposite resolvers;
    private @Nullable WebDataBinderFactory binders;

    /**
     * @param reading the GET operation of the same path, null when there is none
     */
    WriteHandlerMethod(
            HandlerMethod writing,
            @Nullable HandlerMethod reading,
            WriteDoor door,
            Generations generations,
            JsonMapper json) {
        super(writing);
        this.reading = reading;
        this.door = door;
        this.generations = generations;
        this.json = json;
    }

    @Override
    public void setHandlerMethodArgumentResolvers(HandlerMethodArgumentResolverComposite argumentResolvers) {
        super.setHandlerMethodArgumentResolvers(argumentResolvers);
        this.resolvers = argumentResolvers;
    }

    @Override
    public void setDataBinderFactory(WebDataBinderFactory dataBinderFactory) {
        super.setDataBinderFactory(dataBinderFactory);
        this.binders = dataBinderFactory;
    }

    @Override
    public void invokeAndHandle(
            ServletWebRequest webRequest, ModelAndViewContainer container, @Nullable Object... providedArgs)
            throws Exception {
        try {
            super.invokeAndHandle(webRequest, container, providedArgs);
        } catch (InsteadOfAnswer instead) {
            container.setRequestHandled(true);
            write(instead, webRequest.getRequest(), Objects.requireNonNull(webRequest.getResponse()));
        }
    }

    private void write(InsteadOfAnswer instead, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(instead.answer().status());
        if (instead.isReplayed()) {
            response.setHeader(REPLAYED_HEADER, "true");
            // Of now, not of then; the stored body has the warnings of then.
            Warnings.clear();
            var patience = WriteRequest.of(request, queryNames()).patience();
            generations.tell(request, response, instead.answer().advanced(), patience);
            tellWarnings(response);
        }
        if (AnswerAdvice.isAboutOneResource(request)) {
            instead.tag().ifPresent(tag -> response.setHeader(HttpHeaders.ETAG, tag));
        }
        if (instead.answer().body().isPresent()) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter().write(instead.answer().body().get());
        }
    }

    @Override
    protected @Nullable Object doInvoke(@Nullable Object... args) {
        var exchange = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        var response = Objects.requireNonNull(exchange.getResponse());
        var asked = WriteRequest.of(exchange.getRequest(), queryNames());
        var done =
                door.run(asked, new Call(() -> invoke(args), reader(exchange.getRequest(), response), successStatus()));
        generations.tell(exchange.getRequest(), response, done.advanced(), asked.patience());
        if (done.answer() == null) {
            tellWarnings(response);
        }
        return done.answer();
    }

    private void tellWarnings(HttpServletResponse response) {
        if (!Warnings.current().isEmpty()) {
            response.setHeader(WARNINGS_HEADER, Ascii.of(json.writeValueAsString(Warnings.current())));
        }
    }

    private int successStatus() {
        HttpStatusCode status = getResponseStatus();
        return status == null ? HttpServletResponse.SC_OK : status.value();
    }

    private Set<String> queryNames() {
        return Arrays.stream(getMethodParameters())
                .map(parameter -> parameter.getParameterAnnotation(RequestParam.class))
                .filter(Objects::nonNull)
                .map(RequestParam::name)
                .collect(Collectors.toSet());
    }

    private @Nullable Object invoke(@Nullable Object... args) {
        return unchecked(() -> super.doInvoke(args));
    }

    private Optional<Supplier<@Nullable Object>> reader(HttpServletRequest request, HttpServletResponse response) {
        if (reading == null) {
            return Optional.empty();
        }
        var invocable = new InvocableHandlerMethod(reading.createWithResolvedBean());
        invocable.setHandlerMethodArgumentResolvers(Objects.requireNonNull(resolvers));
        invocable.setDataBinderFactory(Objects.requireNonNull(binders));
        NativeWebRequest web = new ServletWebRequest(request, response);
        return Optional.of(() -> unchecked(() -> invocable.invokeForRequest(web, new ModelAndViewContainer())));
    }

    /** A piece of Spring's that may throw anything. */
    private interface Piece {
        @Nullable
        Object run() throws Exception;
    }

    private static @Nullable Object unchecked(Piece piece) {
        try {
            return piece.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("No controller of ours declares an exception", e);
        }
    }
}
