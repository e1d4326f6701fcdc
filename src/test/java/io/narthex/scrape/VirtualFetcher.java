package io.narthex.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.clock.Timers;
import io.narthex.io.http.Fetcher;
import io.narthex.io.http.FetcherSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Targets that answer after a while of virtual time. Equal names are the same client.
final class VirtualFetcher implements Fetcher {

  final Map<String, String> bodies = new HashMap<>();
  final List<Request> requests = new ArrayList<>();
  long latencyMs;
  int opened;
  int closed;
  private final Timers timers;

  VirtualFetcher(Timers timers) {
    this.timers = timers;
  }

  /// A source of this fetcher, equal to others of the same name.
  FetcherSource source(String name) {
    return new Source(name, this);
  }

  private record Source(String name, VirtualFetcher fetcher) implements FetcherSource {
    @Override
    public Fetcher open() {
      fetcher.opened++;
      return fetcher;
    }
  }

  @Override
  public void fetch(Request request, Consumer<Result> done) {
    requests.add(request);
    String body = bodies.get(request.url());
    Result result = new Failure("connection refused", false);
    if (body != null) {
      byte[] bytes = (body + "\0").getBytes(UTF_8);
      result = new Body(bytes, bytes.length - 1, "text/plain; version=0.0.4");
    }
    Result answer = result;
    if (latencyMs == 0) {
      done.accept(answer);
    } else {
      timers.after(latencyMs, () -> done.accept(answer));
    }
  }

  @Override
  public void close() {
    closed++;
  }
}
