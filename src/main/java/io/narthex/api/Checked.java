package io.narthex.api;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Payload;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/// Holds parameter records against the constraints that stand at their components. The messages
/// there are the reference's.
final class Checked {

  private Checked() {}

  /// At a constraint: the error is its message alone and does not name the parameter.
  interface Unnamed extends Payload {}

  /// Made with the first request that has parameters: a start does not wait for it.
  private static final class Lazy {
    private static final Validator VALIDATOR = validator();

    private static Validator validator() {
      try (ValidatorFactory factory =
          Validation.byDefaultProvider()
              .configure()
              .messageInterpolator(new ParameterMessageInterpolator())
              .buildValidatorFactory()) {
        return factory.getValidator();
      }
    }
  }

  /// `params`, if all constraints hold.
  ///
  /// @throws ApiException with what is wrong with the first component that is
  static <T extends Record> T of(T params) {
    Set<ConstraintViolation<T>> violations = Lazy.VALIDATOR.validate(params);
    if (violations.isEmpty()) {
      return params;
    }
    for (var component : params.getClass().getRecordComponents()) {
      for (ConstraintViolation<T> violation : violations) {
        if (violation.getPropertyPath().toString().equals(component.getName())) {
          throw refused(violation);
        }
      }
    }
    throw refused(violations.iterator().next());
  }

  private static ApiException refused(ConstraintViolation<?> violation) {
    boolean unnamed = violation.getConstraintDescriptor().getPayload().contains(Unnamed.class);
    String name = inSnakeCase(violation.getPropertyPath().toString());
    return unnamed
        ? ApiException.badData(violation.getMessage())
        : ApiException.badParameter(name, violation.getMessage());
  }

  /// Parameters have underscores where components have capitals.
  private static String inSnakeCase(String component) {
    StringBuilder name = new StringBuilder();
    for (char c : component.toCharArray()) {
      name.append(Character.isUpperCase(c) ? "_" + Character.toLowerCase(c) : String.valueOf(c));
    }
    return name.toString();
  }
}
