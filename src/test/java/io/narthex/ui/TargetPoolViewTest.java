package io.narthex.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPoolViewTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''              | unknown
          unknown         | unknown
          unknown unknown | unknown
          up              | up
          up up           | up
          up unknown      | mixed
          up down         | mixed
          down unknown    | down
          down down       | down
          """)
  void stateOfAPoolIsThatOfItsTargets(String healths, String state) {
    List<TargetView> targets =
        Stream.of(healths.split(" ")).filter(h -> !h.isEmpty()).map(h -> target(h)).toList();
    assertEquals(state, new TargetPoolView("pool", targets).state());
  }

  private static TargetView target(String health) {
    return new TargetView("http://a", "http://a", health, Map.of(), Map.of(), 0, 0, "");
  }
}
