package io.narthex.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.role.config.ServerConfig;
import io.narthex.role.config.ServerConfigReader;
import io.narthex.role.flags.Feature;
import io.narthex.role.flags.ServerFlags;
import io.narthex.testing.Conformance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFlagsTest {

  private static ServerFlags flags(String... args) {
    CommandLine line = CommandLine.read(List.of(args), "narthex 0", "box");
    return assertInstanceOf(CommandLine.Server.class, line).flags();
  }

  private static ServerConfig config(ServerFlags flags, String yaml) {
    return new ServerConfigReader(Disk.system(), Map.of(), flags.configDefaults())
        .read("c.yml", yaml, Path.of(""), false);
  }

  @Test
  void defaultsAreThoseOfPrometheus() {
    ServerFlags flags = flags();
    assertEquals("prometheus.yml", flags.config().file());
    assertFalse(flags.config().fileGiven());
    assertEquals(List.of("0.0.0.0:9090"), flags.web().listenAddresses());
    assertEquals("http://box:9090", flags.web().externalUrl().toString());
    assertEquals("/", flags.web().routePrefix());
    assertEquals(50_000_000, flags.query().maxSamples());
    assertEquals(300_000, flags.query().lookbackMs());
    assertEquals("snappy", flags.storage().walCompression());
    assertEquals(2, flags.scrape().timestampToleranceMs());
    assertEquals("info", flags.log().level());
  }

  @ParameterizedTest
  @CsvSource({
    "http://p.example.org/a/b/, '', http://p.example.org/a/b, /a/b",
    "http://p.example.org/a/, /x/, http://p.example.org/a, /x",
    "http://p.example.org, '', http://p.example.org, /",
    "http://p.example.org/a, /, http://p.example.org/a, /",
    "'', '', http://box:9090, /",
  })
  void externalUrlAndRoutePrefix(String external, String prefix, String url, String routes) {
    ServerFlags.Web web =
        flags("--web.external-url=" + external, "--web.route-prefix", prefix).web();
    assertEquals(url, web.externalUrl().toString());
    assertEquals(routes, web.routePrefix());
  }

  /// `retention` is the section of the file.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--log.level=info | | 15d | 0B | 1d12h",
        "--storage.tsdb.retention.time=30d | | 30d | 0B | 3d",
        "--storage.tsdb.retention.size=1GB | | 0s | 1GiB | 31d",
        "--storage.tsdb.retention.time=30d | time: 5d | 5d | 0B | 12h",
        "--storage.tsdb.retention.time=30d | size: 512MB | 0s | 512MiB | 31d",
        "--storage.tsdb.retention.time=100y | | 100y | 0B | 31d",
      })
  void retentionOfFileBeatsFlags(
      String flag, String retention, String time, String size, String block) {
    ServerFlags flags = flags(flag);
    String yaml = retention == null ? "" : "storage: {tsdb: {retention: {" + retention + "}}}";
    SortedMap<String, String> shown = flags.shown(config(flags, yaml).storage());
    assertEquals(time, shown.get("storage.tsdb.retention.time"));
    assertEquals(size, shown.get("storage.tsdb.retention.size"));
    assertEquals(block, shown.get("storage.tsdb.max-block-duration"));
  }

  @Test
  void featuresAreListsOfWords() {
    ServerFlags flags =
        flags(
            "--enable-feature=exemplar-storage,promql-experimental-functions",
            "--enable-feature",
            "native-histograms",
            "--enable-feature=no-such-thing,fast-startup");
    assertEquals(
        Set.of(
            Feature.EXEMPLAR_STORAGE,
            Feature.PROMQL_EXPERIMENTAL_FUNCTIONS,
            Feature.NATIVE_HISTOGRAMS,
            Feature.FAST_STARTUP),
        flags.features());
    assertEquals(List.of("Unknown option for --enable-feature: no-such-thing"), flags.warnings());
    assertEquals(
        List.of(
            "--enable-feature=native-histograms is always on",
            "--enable-feature=fast-startup has no effect"),
        flags.notices());
    assertEquals(
        "exemplar-storage,promql-experimental-functions,native-histograms,no-such-thing,fast-startup",
        flags.shown().get("enable-feature"));
  }

  @Test
  void featuresChangeDefaultsOfTheFile() {
    ServerFlags flags = flags("--enable-feature=extra-scrape-metrics");
    ServerConfig config = config(flags, "scrape_configs: [{job_name: a}]");
    assertTrue(config.jobs().getFirst().scrape().extraScrapeMetrics());
  }

  @Test
  void shownKeysAreTheRecordedOnes() {
    Path recorded = Conformance.path("httpapi/static.json");
    Json file = Json.parse(new String(Disk.system().read(recorded), StandardCharsets.UTF_8));
    Json.Obj data = null;
    for (Json c : file.asObject().get("cases").asArray()) {
      if (c.asObject().get("name").asString().equals("GET /status/flags")) {
        Json.Obj response = c.asObject().get("response").asObject();
        data = response.get("json").asObject().get("data").asObject();
      }
    }
    assertTrue(data != null, "the recording has flags");
    Set<String> missing = new TreeSet<>(data.members().keySet());
    SortedMap<String, String> shown = flags().shown();
    missing.removeAll(shown.keySet());
    // Only that build of 3.5.3 has it.
    missing.remove("web.local-assets");
    assertEquals(Set.of(), missing);
    for (String name :
        List.of(
            "storage.remote.read-sample-limit", "scrape.timestamp-tolerance", "query.timeout")) {
      assertEquals(data.get(name).asString(), shown.get(name));
    }
  }

  @Test
  void seriesOfTheHeadCanBeCapped() {
    assertEquals(0, flags().storage().maxSeries());
    assertEquals(5000, flags("--storage.tsdb.max-series=5000").storage().maxSeries());
    assertEquals(0, flags().storage().maxSeriesPerJob());
    assertEquals(50, flags("--storage.tsdb.max-series-per-job=50").storage().maxSeriesPerJob());
  }

  @Test
  void switchesCanBeNegated() {
    ServerFlags flags =
        flags("--no-storage.tsdb.wal-compression", "--no-scrape.adjust-timestamps", "--no-help");
    assertEquals("", flags.storage().walCompression());
    assertEquals(0, flags.scrape().timestampToleranceMs());
    assertEquals("false", flags.shown().get("storage.tsdb.wal-compression"));
  }

  @Test
  void helpAndVersionPrint() {
    CommandLine help = CommandLine.read(List.of("--help"), "narthex 0", "box");
    String text = assertInstanceOf(CommandLine.Print.class, help).text();
    assertTrue(text.contains("--[no-]web.enable-lifecycle"), text);
    assertFalse(text.contains("samples-per-chunk"), "hidden flags are not listed");
    assertEquals(
        new CommandLine.Print("narthex 0\n"),
        CommandLine.read(List.of("server", "--version"), "narthex 0", "box"));
  }
}
