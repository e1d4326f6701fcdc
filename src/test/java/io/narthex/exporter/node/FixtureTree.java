package io.narthex.exporter.node;

import io.narthex.clock.Clock;
import io.narthex.exporter.ExporterPage;
import io.narthex.metrics.HttpMetrics.BuildInfo;
import io.narthex.model.exposition.NegotiatedFormat;
import io.narthex.model.labels.NameEscaping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// An invented machine in a folder: `tree.txt` is its files one after another, each under a line
/// `=== path`.
record FixtureTree(Path root) {

  static final Clock CLOCK =
      new Clock() {
        @Override
        public long nowMs() {
          return 1_700_000_000_500L;
        }

        @Override
        public long nanoTime() {
          return 0;
        }
      };

  static FixtureTree unpack(Path root) throws IOException {
    StringBuilder content = new StringBuilder();
    String path = "";
    for (String line : resource("tree.txt").split("\n", -1)) {
      if (line.startsWith("=== ")) {
        write(root, path, content);
        path = line.substring(4);
      } else {
        content.append(line).append('\n');
      }
    }
    write(root, path, content.deleteCharAt(content.length() - 1));
    return new FixtureTree(root);
  }

  private static void write(Path root, String path, StringBuilder content) throws IOException {
    if (!path.isEmpty()) {
      Path file = root.resolve(path);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, content);
    }
    content.setLength(0);
  }

  static String resource(String name) throws IOException {
    try (InputStream in = FixtureTree.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  NodeExporter exporter(Map<String, List<String>> flags) {
    Map<String, List<String>> all = new HashMap<>(flags);
    all.put("path.procfs", List.of(root.resolve("proc").toString()));
    all.put("path.sysfs", List.of(root.resolve("sys").toString()));
    all.put("path.rootfs", List.of(root.toString()));
    all.put("path.udev.data", List.of(root.resolve("udev").toString()));
    return new NodeExporter(
        NodeExporterOptions.parse(all), CLOCK, new BuildInfo("1", "r", "b", "java", "os", "arch"));
  }

  static String page(NodeExporter exporter, Set<String> collect, Set<String> exclude) {
    NegotiatedFormat format =
        new NegotiatedFormat(NegotiatedFormat.Kind.TEXT, NameEscaping.UNDERSCORES);
    return new String(
        ExporterPage.render(format, sink -> exporter.collect(collect, exclude, sink)),
        StandardCharsets.UTF_8);
  }
}
