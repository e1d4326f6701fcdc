package io.narthex.cli.tsdb;

import io.narthex.cli.command.Given;
import io.narthex.cli.terminal.Terminal;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.parse.PromqlParser;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.offline.OfflineTsdb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `tsdb dump` and `tsdb dump-openmetrics`: all samples of some series as text.
final class DumpTool {

  /// A buffer that grew beyond this is not kept for the next series.
  private static final int MOST_SAMPLES = 1 << 20;

  private DumpTool() {}

  /// Runs it; returns the exit code.
  static int run(Given given, Disk disk, Clock clock, Terminal terminal, DumpFormat format) {
    Path directory = Path.of(given.text("db path"));
    String root = given.text("sandbox-dir-root");
    long minMs = given.number("min-time");
    long maxMs = given.number("max-time");
    Path sandboxRoot = root.isEmpty() ? directory : Path.of(root);
    try (OfflineTsdb storage = OfflineTsdb.open(disk, directory, sandboxRoot, clock, maxMs);
        Querier querier = storage.querier(minMs, maxMs)) {
      SeriesSet series =
          select(querier, given.all("match"), storage.hasBlocks(), SelectHints.of(minMs, maxMs));
      SampleBuffer samples = new SampleBuffer();
      while (series.next()) {
        if (terminal.isClosed()) {
          return 1;
        }
        samples.clear();
        if (format.wantsSamples()) {
          series.at().read(minMs, maxMs, samples);
        }
        format.series(series.at().labels(), samples);
        if (samples.timesMs.length > MOST_SAMPLES) {
          samples = new SampleBuffer();
        }
      }
      format.end();
    }
    return 0;
  }

  private static SeriesSet select(
      Querier querier, List<String> selectors, boolean sorted, SelectHints hints) {
    List<List<Matcher>> parsed = selectors.stream().map(PromqlParser::parseSelector).toList();
    if (parsed.size() == 1) {
      return querier.select(sorted, hints, parsed.getFirst());
    }
    List<SeriesSet> sets = new ArrayList<>();
    parsed.forEach(matchers -> sets.add(querier.select(true, hints, matchers)));
    return new SelectorUnion(sets);
  }
}
