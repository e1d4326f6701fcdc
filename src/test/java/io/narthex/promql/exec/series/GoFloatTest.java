package io.narthex.promql.exec.series;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Floats as Go's `%g`, `%.2g` and `FormatFloat(f, 'f', -1)` write them.
class GoFloatTest {

  @Test
  void general() {
    assertEquals("0", GoFloat.general(0));
    assertEquals("-1.1", GoFloat.general(-1.1));
    assertEquals("1e+21", GoFloat.general(1e21));
    assertEquals("123456", GoFloat.general(123456));
    assertEquals("1e+06", GoFloat.general(1e6));
    assertEquals("-1.048576e+06", GoFloat.general(-1048576));
    assertEquals("0.0001", GoFloat.general(1e-4));
    assertEquals("1.5e-05", GoFloat.general(1.5e-5));
    assertEquals("+Inf", GoFloat.general(Double.POSITIVE_INFINITY));
    assertEquals("NaN", GoFloat.general(Double.NaN));
  }

  @Test
  void rounded() {
    assertEquals("0.33", GoFloat.general(1 / 3.0, 2));
    assertEquals("1.2e+03", GoFloat.general(1234, 2));
    assertEquals("2", GoFloat.general(2, 2));
  }

  @Test
  void plain() {
    assertEquals("1000000000000000000000", GoFloat.plain(1e21));
    assertEquals("-0.00001", GoFloat.plain(-1e-5));
    assertEquals("3.5", GoFloat.plain(3.5));
  }
}
