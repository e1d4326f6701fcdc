package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `rapl`: energy that packages and memory used, `/sys/class/powercap`, in microjoules.
final class RaplCollector implements Collector {

  private final ProcFs fs;
  private final boolean zoneLabel;

  /// @param zoneLabel whether the zone is a label, not a part of the family's name
  RaplCollector(ProcFs fs, boolean zoneLabel) {
    this.fs = fs;
    this.zoneLabel = zoneLabel;
  }

  @Override
  public String name() {
    return "rapl";
  }

  @Override
  public void collect(Families out) throws IOException {
    try {
      Path powercap = fs.sys("class/powercap");
      Map<String, Integer> used = new HashMap<>();
      for (String entry : fs.list(powercap)) {
        Path path = powercap.resolve(entry);
        String name = fs.valueIfReadable(path.resolve("name"));
        if (name != null) {
          zone(out, path, name, used);
        }
      }
    } catch (IOException e) {
      if (ProcFs.unreadable(e)) {
        throw new NoDataException("Can't access powercap files", e);
      }
      throw e;
    }
  }

  /// `package-0` has its number in its name; zones of one bare name are counted.
  private void zone(Families out, Path path, String fullName, Map<String, Integer> used)
      throws IOException {
    List<String> parts = List.of(fullName.split("-", -1));
    boolean numbered = parts.size() == 2 && parts.get(1).matches("[0-9]+");
    String name = numbered ? parts.get(0) : fullName;
    int index = numbered ? Integer.parseInt(parts.get(1)) : used.getOrDefault(fullName, 0);
    used.put(name, index + 1);
    double joules = fs.number(path.resolve("energy_uj")) / 1e6;
    if (zoneLabel) {
      out.counter(
              "node_rapl_joules_total",
              "Current RAPL value in joules",
              "index",
              "path",
              "rapl_zone")
          .add(joules, Integer.toString(index), path.toString(), name);
    } else {
      String part = name.replaceAll("_*[^0-9A-Za-z_]+_*", "_");
      out.counter(
              "node_rapl_" + part + "_joules_total",
              "Current RAPL " + name + " value in joules",
              "index",
              "path")
          .add(joules, Integer.toString(index), path.toString());
    }
  }
}
