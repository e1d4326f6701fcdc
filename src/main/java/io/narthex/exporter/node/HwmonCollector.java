package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `hwmon`: sensors of temperature, voltage, fans and the like, `/sys/class/hwmon`. A chip is named
/// after its device's place on its bus; two that come out the same get their own name behind it.
final class HwmonCollector implements Collector {

  private final ProcFs fs;
  private final NameFilter chips;
  private final NameFilter sensors;

  /// @param sensors matched with `chip;sensor`
  HwmonCollector(ProcFs fs, NameFilter chips, NameFilter sensors) {
    this.fs = fs;
    this.chips = chips;
    this.sensors = sensors;
  }

  @Override
  public String name() {
    return "hwmon";
  }

  @Override
  public void collect(Families out) throws IOException {
    for (Chip chip : chips()) {
      if (!chips.ignores(chip.label)) {
        chip(out, chip);
      }
    }
  }

  private void chip(Families out, Chip chip) throws IOException {
    String model = clean(chip.nameFile);
    if (!model.isEmpty()) {
      out.gauge(
              "node_hwmon_chip_names",
              "Annotation metric for human-readable chip names",
              "chip",
              "chip_name")
          .add(1, chip.label, model);
    }
    TreeMap<String, Map<String, String>> data = new TreeMap<>();
    read(chip.path, data);
    if (fs.isDirectory(chip.path.resolve("device"))) {
      // Old drivers put their files there.
      read(chip.path.resolve("device"), data);
    }
    data.forEach((sensor, values) -> {
      if (!sensors.ignores(chip.label + ';' + sensor)) {
        HwmonSensor.add(out, chip.label, sensor, values);
      }
    });
  }

  private void read(Path directory, Map<String, Map<String, String>> data) throws IOException {
    for (String file : fs.list(directory)) {
      HwmonSensor.FileName name = HwmonSensor.FileName.parse(file);
      if (name != null) {
        String value = readIfPossible(directory.resolve(file));
        if (value != null) {
          data.computeIfAbsent(name.sensor(), s -> new HashMap<>()).put(name.property(), value);
        }
      }
    }
  }

  /// Drivers answer with many errors; none of them is worth more than the sensor's absence.
  private @Nullable String readIfPossible(Path file) {
    try {
      return fs.value(file);
    } catch (IOException e) {
      return null;
    }
  }

  private List<Chip> chips() throws IOException {
    Path hwmon = fs.sys("class/hwmon");
    List<String> entries;
    try {
      entries = fs.list(hwmon);
    } catch (NoSuchFileException e) {
      throw new NoDataException("hwmon collector metrics are not available for this system", e);
    }
    List<Chip> found = new ArrayList<>();
    Map<String, Integer> labels = new HashMap<>();
    Map<String, Integer> names = new HashMap<>();
    for (String entry : entries) {
      Path path = hwmon.resolve(entry);
      if (fs.isDirectory(path)) {
        String nameFile = readIfPossible(path.resolve("name"));
        Chip chip = new Chip(path, label(path, nameFile), nameFile == null ? "" : nameFile);
        found.add(chip);
        labels.merge(chip.label, 1, Integer::sum);
        names.merge(chip.label + '\0' + chip.nameFile, 1, Integer::sum);
      }
    }
    found.replaceAll(c ->
        labels.getOrDefault(c.label, 0) == 1
            ? c
            : c.distinct(names.getOrDefault(c.label + '\0' + c.nameFile, 0) > 1));
    return found;
  }

  /// The bus and the device on it; without a device the chip's name, without that the entry's.
  private String label(Path path, @Nullable String nameFile) throws IOException {
    try {
      Path device = fs.real(path.resolve("device"));
      String name = clean(last(device));
      Path parent = device.getParent();
      String bus = parent == null ? "" : clean(last(parent));
      if (!name.isEmpty()) {
        return bus.isEmpty() ? name : bus + '_' + name;
      }
    } catch (NoSuchFileException e) {
      // A virtual chip has no device.
    }
    String model = clean(nameFile == null ? "" : nameFile);
    return model.isEmpty() ? clean(last(fs.real(path))) : model;
  }

  private static String last(Path path) {
    return String.valueOf(path.getFileName());
  }

  /// A part of a metric name or label: lower case, only what such a name may have.
  static String clean(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9:_]", "_").replaceAll("^_+|_+$", "");
  }

  private record Chip(Path path, String label, String nameFile) {

    Chip distinct(boolean sameName) {
      String suffix = sameName ? "" : clean(nameFile);
      return new Chip(
          path, label + '_' + (suffix.isEmpty() ? clean(last(path)) : suffix), nameFile);
    }
  }
}
