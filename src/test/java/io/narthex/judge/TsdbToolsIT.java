package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.judge.BothTools.Result;
import io.narthex.testing.Conformance;
import io.narthex.testing.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tsdb`, judged by promtool: on its blocks and on ours.
class TsdbToolsIT {

  private static final String ULID = "[0-9A-HJKMNP-TV-Z]{26}";

  @TempDir Path work;

  @Test
  void blocksOfTheReferenceAreShownAsByPromtool() throws IOException {
    Path data =
        Trees.copy(Conformance.path("tsdb/promtool_blocks"), work.resolve("promtool_blocks"));
    BothTools tools = new BothTools(work);
    show(tools, data);
    tools.agree("tsdb on promtool's blocks");
  }

  @Test
  void createsTheBlocksThatPromtoolCreates() throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      Path text = Files.writeString(work.resolve("in" + seed + ".om"), openMetrics(seed));
      create(text, work.resolve("a" + seed), work.resolve("b" + seed), List.of());
      create(
          text, work.resolve("c" + seed), work.resolve("d" + seed), List.of("--label=x=y", "-r"));
      create(
          text,
          work.resolve("e" + seed),
          work.resolve("f" + seed),
          List.of("--max-block-duration=24h", "--label=x=y", "--label=a="));
    }
  }

  private void create(Path text, Path theirs, Path ours, List<String> flags) throws IOException {
    BothTools tools = new BothTools(work);
    Result their = create(tools, text, theirs, flags, true);
    Result our = create(tools, text, ours, flags, false);
    assertEquals(their, our, "output of create-blocks-from " + flags);
    for (Path data : List.of(theirs, ours)) {
      // Promtool does not dump without a log.
      Files.createDirectories(data.resolve("wal"));
      show(tools, data);
      Result verified = BothTools.narthex("", List.of("tsdb", "verify", data.toString()));
      assertEquals(0, verified.exitCode(), verified.out());
    }
    tools.agree("tsdb on created blocks " + flags);
    String dump = BothTools.narthex("", List.of("tsdb", "dump", theirs.toString())).out();
    assertTrue(dump.length() > 1000, dump);
    assertEquals(
        dump, BothTools.narthex("", List.of("tsdb", "dump", ours.toString())).out(), "dumps");
  }

  private static Result create(
      BothTools tools, Path text, Path data, List<String> flags, boolean theirs) {
    List<String> args = new ArrayList<>(List.of("tsdb", "create-blocks-from", "openmetrics"));
    args.addAll(flags);
    args.addAll(List.of(text.toString(), data.toString()));
    Result result = theirs ? tools.promtool("", args) : BothTools.narthex("", args);
    // Names are random, and our index is smaller: it leaves out what nobody reads.
    String out = result.out().replaceAll(ULID, "ULID").replaceAll("\\S+\n", "SIZE\n");
    return new Result(result.exitCode(), out, result.err());
  }

  /// A day of scrapes with gaps, of all kinds of values and names.
  private static String openMetrics(long seed) {
    Random random = new Random(seed);
    StringBuilder out = new StringBuilder("# TYPE lat histogram\n");
    long startMs = 1_767_225_600_000L + random.nextInt(10_000_000);
    String[] odd = {"NaN", "+Inf", "-Inf", "1e-320", "123456789", "-0", "0.1", "1e+21", "3"};
    for (int scrape = 0; scrape < 400; scrape++) {
      double seconds = (startMs + scrape * 60_000L * (scrape > 300 ? 5 : 1)) / 1000.0;
      String time = String.format(java.util.Locale.ROOT, " %.3f\n", seconds);
      for (int i = 0; i < 5; i++) {
        String label = "{i=\"" + i + "\",quoted=\"a\\\"b\\\\c\"} ";
        out.append("reqs_total").append(label).append(scrape * 10 + i).append(time);
        if (random.nextInt(10) > 0) {
          out.append("val").append(label).append(random.nextGaussian()).append(time);
        }
      }
      out.append("odd ").append(odd[random.nextInt(odd.length)]).append(time);
      out.append("lat_bucket{le=\"1\"} ").append(scrape).append(time);
      out.append("{\"utf.8\",\"läbel\"=\"ü\"} ").append(random.nextInt()).append(time);
    }
    return out.append("# EOF\n").toString();
  }

  private static void show(BothTools tools, Path data) {
    String path = data.toString();
    tools.same("tsdb", "list", path);
    tools.same("tsdb", "list", "-r", path);
    for (String command : List.of("dump", "dump-openmetrics")) {
      tools.same("tsdb", command, path);
      tools.same("tsdb", command, "--match={i=\"1\"}", "--match={__name__=~\"val|odd\"}", path);
      tools.same("tsdb", command, "--min-time=1767229200000", "--max-time=1767236400000", path);
      tools.same("tsdb", command, "--match={", path);
    }
    analyze(tools, path);
    analyze(tools, path, "--extended");
    analyze(tools, path, "--match={i=\"1\"}", "--extended");
    tools.same("tsdb", "analyze", path, "nope");
  }

  /// Promtool lists what counts the same in any order.
  private static void analyze(BothTools tools, String path, String... flags) {
    List<String> args = new ArrayList<>(List.of("tsdb", "analyze", "--limit=1000", path));
    args.addAll(List.of(flags));
    tools.compare(
        String.join(" ", args),
        sorted(tools.promtool("", args)),
        sorted(BothTools.narthex("", args)));
  }

  private static Result sorted(Result result) {
    String out =
        List.of(result.out().split("\n\n")).stream()
            .map(part -> part.lines().sorted().collect(Collectors.joining("\n")))
            .collect(Collectors.joining("\n\n"));
    return new Result(result.exitCode(), out, result.err());
  }

  @Test
  void mistakesInTheInputAreToldAsByPromtool() throws IOException {
    BothTools tools = new BothTools(work);
    StringBuilder late = new StringBuilder();
    for (int i = 0; i < 6000; i++) {
      late.append("a ").append(i).append(' ').append(1000 + i).append('\n');
    }
    int number = 0;
    for (String text :
        List.of(
            "",
            "# EOF\n",
            "a 1\n# EOF\n",
            "a 1 1",
            "a 1 1\n",
            "a{ 1 1\n# EOF\n",
            "a 1 1\n# EOF\nb 1 1\n",
            "a{b=\"c\",b=\"d\"} 1 1\n# EOF\n",
            late + "a 1 10\n# EOF\n",
            late + "a 1 1005\n# EOF\n")) {
      Path file = Files.writeString(work.resolve("bad" + number + ".om"), text);
      Path out = work.resolve("bad" + number++);
      tools.same("tsdb", "create-blocks-from", "openmetrics", file.toString(), out.toString());
    }
    tools.agree("bad input of create-blocks-from");
  }

  /// Promtool's text lacks the first sample of each run of a histogram series; all else is there.
  @Test
  void logsAndHistogramsAreDumped() throws IOException {
    BothTools tools = new BothTools(work);
    for (String name : List.of("head_snapshot_block", "wal_killed")) {
      Path data = Trees.copy(Conformance.path("tsdb/" + name), work.resolve(name));
      Set<String> before = files(data);
      List<String> args = List.of("tsdb", "dump", data.toString());
      Set<String> theirs = lines(tools.promtool("", args));
      Set<String> ours = lines(BothTools.narthex("", args));
      Set<String> lost = new TreeSet<>(theirs);
      lost.removeAll(ours);
      assertEquals(Set.of(), lost, name + ": lines that only promtool has");
      ours.removeAll(theirs);
      ours.removeIf(line -> line.contains("{count:"));
      assertEquals(Set.of(), ours, name + ": lines of floats that only we have");
      assertEquals(before, files(data), "the folder is as it was");
    }
  }

  private static Set<String> lines(Result result) {
    assertEquals(0, result.exitCode(), result.err());
    return new TreeSet<>(result.out().lines().toList());
  }

  private static Set<String> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.map(p -> folder.relativize(p).toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void benchmarkLeavesAReadableFolder() throws IOException {
    Path labels =
        Files.writeString(
            work.resolve("series.json"),
            "{\"__name__\":\"m\",\"i\":\"1\"}\n{\"__name__\":\"m\",\"i\":\"2\"}\n");
    Path out = work.resolve("bench");
    List<String> args =
        List.of("tsdb", "bench", "write", "--out=" + out, "--scrapes=200", labels.toString());
    Result result = BothTools.narthex("", args);
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains(" > total samples: 400\n"), result.out());
    Path promtool = Peers.program("promtool");
    assertTrue(Files.exists(promtool));
    Result dump =
        new BothTools(work).promtool("", List.of("tsdb", "dump", out.resolve("storage") + ""));
    assertEquals(400, dump.out().lines().count(), dump.err());
  }
}
