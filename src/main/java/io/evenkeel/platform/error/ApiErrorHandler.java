package io.evenkeel.platform.error;

import io.evenkeel.platform.web.RequestId;
import jakarta.persistence.PersistenceException;
import jakarta.validation.constraints.NotNull;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Renders every failure in the vendor's shape. What is our own fault says no more than that. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiErrorHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiErrorHandler.class);

    private final ConstraintErrors constraints;

    ApiErrorHandler(ConstraintErrors constraints) {
        this.constraints = constraints;
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(ElbException refusal) {
        return answer(refusal);
    }

    /** With and without Spring's translation: a commit that fails comes as a transaction's failure. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class, PersistenceException.class})
    ResponseEntity<Object> refusedByDatabase(RuntimeException failure) {
        if (DatabaseFailure.isUnreachable(failure)) {
            return unavailable(failure);
        } else if (DatabaseFailure.isUnstorableText(failure)) {
            return answer(ErrorCode.INVALID_INPUT.with("request", "a text must not contain the character NUL"));
        }
        return constraints.explain(failure).map(ApiErrorHandler::answer).orElseGet(() -> unexpected(failure));
    }

    @ExceptionHandler
    ResponseEntity<Object> undecodable(InvalidParameterException failure) {
        return answer(ErrorCode.INVALID_INPUT.with("query", "must be percent-encoded UTF-8"));
    }

    /** Names and values with control characters: found only when somebody asks for them, here among the arguments. */
    @ExceptionHandler
    ResponseEntity<Object> rejected(RequestRejectedException failure) {
        return answer(ErrorCode.INVALID_INPUT.with("request", "it is malformed"));
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception failure) {
        log.atError()
                .addKeyValue("errorCode", ErrorCode.INTERNAL.vendorCode())
                .setCause(failure)
                .log("A request failed unexpectedly");
        return answer(ErrorCode.INTERNAL.with());
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var first =
                failure.getBindingResult().getFieldErrors().stream().min(Comparator.comparing(FieldError::getField));
        if (first.isEmpty()) {
            return answer(ErrorCode.INVALID_INPUT.with(
                    WirePath.of(failure.getObjectName()),
                    String.valueOf(
                            failure.getBindingResult().getAllErrors().getFirst().getDefaultMessage())));
        }
        var error = first.get();
        var field = WirePath.of(error.getField());
        if (NotNull.class.getSimpleName().equals(error.getCode())) {
            return answer(ErrorCode.REQUIRED.with(field));
        }
        return answer(ErrorCode.INVALID_INPUT.with(field, String.valueOf(error.getDefaultMessage())));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (@Nullable Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ElbException refusal -> {
                    return answer(refusal);
                }
                case DatabindException databind
                when !databind.getPath().isEmpty() -> {
                    return answer(ErrorCode.INVALID_INPUT.with(pathOf(databind), ruleOf(databind)));
                }
                case InputCoercionException number
                when !number.getPath().isEmpty() -> {
                    return answer(ErrorCode.INVALID_INPUT.with(pathOf(number), "is out of range"));
                }
                case StreamConstraintsException excessive -> {
                    return answer(ErrorCode.UNREADABLE_BODY.with("it is nested too deeply, or a number is too long"));
                }
                case StreamReadException unreadable -> {
                    var where = unreadable.getLocation();
                    return answer(ErrorCode.UNREADABLE_BODY.with(
                            unreadable.getOriginalMessage().lines().findFirst().orElse("")
                                    + " (line "
                                    + where.getLineNr()
                                    + ", column "
                                    + where.getColumnNr()
                                    + ")"));
                }
                case DatabindException databind -> {
                    return answer(ErrorCode.INVALID_INPUT.with("body", ruleOf(databind)));
                }
                default -> {}
            }
        }
        return answer(ErrorCode.BODY_MISSING.with());
    }

    private static String pathOf(JacksonException failure) {
        return failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String ruleOf(DatabindException failure) {
        if (failure instanceof InvalidFormatException text
                && text.getValue() instanceof String value
                && value.indexOf('\0') >= 0) {
            return "must not contain the character NUL";
        }
        if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "must be " + WireType.of(mismatch.getTargetType());
        }
        return "is not readable";
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (failure instanceof MethodArgumentTypeMismatchException argument) {
            var kind = WirePath.of(argument.getName()).replaceFirst("_id$", "");
            return answer(ErrorCode.NOT_FOUND.with(kind, String.valueOf(argument.getValue())));
        }
        return answer(ErrorCode.INVALID_INPUT.with(String.valueOf(failure.getPropertyName()), "has the wrong type"));
    }

    @Override
    protected ResponseEntity<Object> handleNoHandlerFoundException(
            NoHandlerFoundException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(ErrorCode.NO_SUCH_API.with());
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(ErrorCode.NO_SUCH_API.with());
    }

    @Override
    protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(ErrorCode.METHOD_NOT_ALLOWED.with(failure.getMethod()));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(ErrorCode.UNSUPPORTED_MEDIA_TYPE.with(String.valueOf(failure.getContentType())));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(ErrorCode.NOT_ACCEPTABLE.with());
    }

    /** Everything else that Spring refuses itself: our shape, none of its words. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()) {
            return unexpected(failure);
        }
        return answer(ErrorCode.INVALID_INPUT.with("request", "it is malformed"));
    }

    private static ResponseEntity<Object> unavailable(RuntimeException failure) {
        log.atWarn()
                .addKeyValue("errorCode", ErrorCode.UNAVAILABLE.vendorCode())
                .log("The database cannot be reached: {}", failure.getMessage());
        return answer(ErrorCode.UNAVAILABLE.with());
    }

    private static ResponseEntity<Object> answer(ElbException refusal) {
        return ErrorAnswer.of(refusal.code(), refusal.getMessage(), RequestId.current());
    }
}
