package io.evenkeel.testing;

import io.evenkeel.EvenkeelApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the whole running service: API, worker and a real PostgreSQL. All such tests share one instance, so
 * each makes its own resources and never counts another's. Inject an {@link Api} to call it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(classes = EvenkeelApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = TestInstance.class)
@Import({Api.Configuration.class, ServedOperations.class, Statements.Configuration.class})
public @interface EvenkeelTest {}
