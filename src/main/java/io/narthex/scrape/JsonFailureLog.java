package io.narthex.scrape;

import io.narthex.clock.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/// A failure log with a line of JSON for each failed scrape, as Prometheus writes it.
public final class JsonFailureLog implements FailureLog {

  private final Clock clock;
  private final Consumer<String> lines;
  private final Runnable close;

  /// @param lines takes each line, its line break among it
  /// @param close gives back what `lines` holds
  public JsonFailureLog(Clock clock, Consumer<String> lines, Runnable close) {
    this.clock = clock;
    this.lines = lines;
    this.close = close;
  }

  @Override
  public void failed(String jobName, String targetUrl, String error) {
    StringBuilder out = new StringBuilder(160);
    field(out.append('{'), "time", Instant.ofEpochMilli(clock.nowMs()).toString());
    field(out.append(','), "level", "ERROR");
    field(out.append(','), "msg", error);
    field(out.append(','), "job_name", jobName);
    field(out.append(','), "target", targetUrl);
    lines.accept(out.append("}\n").toString());
  }

  private static void field(StringBuilder out, String name, String value) {
    out.append('"').append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  @Override
  public void close() {
    close.run();
  }
}
