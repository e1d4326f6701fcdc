package io.narthex.api;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The end of a span is not before its start; it is the end that is blamed.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Ordered.Check.class)
@interface Ordered {

  String message() default "end timestamp must not be before start time";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /// What can be ordered: times in milliseconds.
  interface Span {

    long start();

    long end();
  }

  /// Compares the ends.
  final class Check implements ConstraintValidator<Ordered, Span> {

    @Override
    public boolean isValid(Span span, ConstraintValidatorContext context) {
      if (span.start() <= span.end()) {
        return true;
      }
      context.disableDefaultConstraintViolation();
      context
          .buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
          .addPropertyNode("end")
          .addConstraintViolation();
      return false;
    }
  }
}
