package io.narthex.promql.exec.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MathFunctionsTest {

  @ParameterizedTest
  @CsvSource({
    "asinh, 0, 0",
    "asinh, 1, 0.881373587019543",
    "asinh, 1e9, 21.416413017506354",
    "asinh, 1e160, 369.10676205960726",
    "asinh, -1e300, -691.4686750787736",
    "asinh, Infinity, Infinity",
    "acosh, 1, 0",
    "acosh, 2, 1.3169578969248166",
    "acosh, 1e300, 691.4686750787736",
    "acosh, Infinity, Infinity",
    "acosh, 0.5, NaN",
  })
  void staysInRangeWhereSquaresDoNot(String name, double value, double expected) {
    DoubleUnaryOperator function = Objects.requireNonNull(MathFunctions.operator(name));
    double tolerance = Double.isFinite(expected) ? Math.abs(expected) * 1e-12 : 0;
    assertEquals(expected, function.applyAsDouble(value), tolerance);
  }
}
