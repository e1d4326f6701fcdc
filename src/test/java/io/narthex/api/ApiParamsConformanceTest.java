package io.narthex.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.testing.Cases;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Times and durations of requests as the reference reads them.
class ApiParamsConformanceTest {

  @Test
  void readsAsTheReference() {
    Cases.of("httpapi/parse_params.json").run(ApiParamsConformanceTest::check);
  }

  private static void check(JsonObject one) {
    String input = one.getString("input");
    boolean isTime = one.getString("kind").equals("time");
    if (one.getBoolean("error", false)) {
      assertThrows(IllegalArgumentException.class, () -> parse(isTime, input));
    } else {
      assertEquals(
          isTime ? expectedMs(one.getJsonObject("result")) : one.getLong("ms"),
          parse(isTime, input));
    }
  }

  private static long parse(boolean isTime, String input) {
    return isTime ? ApiParams.parseTimeMs(input) : ApiParams.parseDurationMs(input);
  }

  private static long expectedMs(JsonObject result) {
    return result.containsKey("rfc3339")
        ? Instant.parse(result.getString("rfc3339")).toEpochMilli()
        : result.getLong("sec") * 1000 + result.getLong("nsec") / 1_000_000;
  }
}
