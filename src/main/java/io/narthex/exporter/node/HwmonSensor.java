package io.narthex.exporter.node;

import io.narthex.exporter.Families;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How one sensor's files become families. Source: the kernel's `hwmon/sysfs-interface`.
final class HwmonSensor {

  private static final String[] LABELS = {"chip", "sensor"};

  private HwmonSensor() {}

  /// A file of a sensor: `temp1_input` is property `input` of sensor `temp1`.
  record FileName(String type, String sensor, String property) {

    private static final Pattern FORMAT = Pattern.compile("([^0-9]+)([0-9]*)?(?:_(.+))?");
    private static final Set<String> TYPES =
        Set.of(
            "vrm",
            "beep_enable",
            "update_interval",
            "in",
            "cpu",
            "fan",
            "pwm",
            "temp",
            "curr",
            "power",
            "energy",
            "humidity",
            "intrusion",
            "freq");

    /// Null if it is no sensor's file.
    static @Nullable FileName parse(String file) {
      Matcher matcher = FORMAT.matcher(file);
      if (!matcher.matches() || !TYPES.contains(matcher.group(1))) {
        return null;
      }
      String number =
          matcher.group(2).isEmpty() ? "0" : matcher.group(2).replaceFirst("^0+(.)", "$1");
      String property = matcher.group(3);
      return new FileName(
          matcher.group(1), matcher.group(1) + number, property == null ? "" : property);
    }
  }

  /// Adds all families of a sensor.
  ///
  /// @param values contents of its files by property
  static void add(Families out, String chip, String sensor, Map<String, String> values) {
    String type = sensor.replaceFirst("[0-9]+$", "");
    String label = values.get("label");
    if (label != null) {
      out.gauge(
              "node_hwmon_sensor_label",
              "Label for given chip and sensor",
              "chip",
              "sensor",
              "label")
          .add(1, chip, sensor, label);
    }
    switch (type) {
      case "beep_enable" ->
          out.gauge("node_hwmon_beep_enabled", "Hardware beep enabled", LABELS)
              .add("1".equals(values.get("")) ? 1 : 0, chip, sensor);
      case "vrm" ->
          whole(
              out,
              "voltage_regulator_version",
              "Hardware voltage regulator",
              1,
              values,
              chip,
              sensor);
      case "update_interval" ->
          whole(
              out,
              "update_interval_seconds",
              "Hardware monitor update interval",
              0.001,
              values,
              chip,
              sensor);
      default -> properties(out, type, values, chip, sensor);
    }
  }

  private static void whole(
      Families out,
      String name,
      String help,
      double factor,
      Map<String, String> values,
      String chip,
      String sensor) {
    Double value = number(values.get(""));
    if (value != null) {
      out.gauge("node_hwmon_" + name, help, LABELS).add(value * factor, chip, sensor);
    }
  }

  private static void properties(
      Families out, String type, Map<String, String> values, String chip, String sensor) {
    values.forEach((property, text) -> {
      Double value = property.equals("label") ? null : number(text);
      if (value != null) {
        Shape shape = shape(type, property, values);
        String shown = shape.sensor.isEmpty() ? sensor : shape.sensor;
        if (!shape.name.isEmpty()) {
          (shape.counter
                  ? out.counter(shape.name, shape.help, LABELS)
                  : out.gauge(shape.name, shape.help, LABELS))
              .add(shape.divide ? value / shape.factor : value * shape.factor, chip, shown);
        }
      }
    });
  }

  private static Shape shape(String type, String property, Map<String, String> values) {
    String name = "node_hwmon_" + type;
    if (property.equals("input")) {
      name += values.containsKey("") ? "_input" : "";
    } else if (!property.isEmpty()) {
      name += '_' + HwmonCollector.clean(property);
    }
    if (property.equals("fault") || property.equals("alarm")) {
      return new Shape(name, "Hardware sensor " + property + " status (" + type + ')');
    }
    if (property.equals("beep")) {
      return new Shape(name + "_enabled", "Hardware monitor sensor has beeping enabled");
    }
    return byType(type, property, name, values);
  }

  private static Shape byType(
      String type, String property, String name, Map<String, String> values) {
    String of = " (" + property + ')';
    return switch (type) {
      case "in", "cpu" -> new Shape(name + "_volts", "Hardware monitor for voltage" + of, 0.001);
      case "temp" ->
          property.equals("type")
              ? other(type, property, name)
              : new Shape(
                  name + "_celsius",
                  "Hardware monitor for temperature ("
                      + (property.isEmpty() ? "input" : property)
                      + ')',
                  0.001);
      case "curr" -> new Shape(name + "_amps", "Hardware monitor for current" + of, 0.001);
      case "energy" ->
          new Shape(
              name + "_joule_total",
              "Hardware monitor for joules used so far" + of,
              1e6,
              true,
              true,
              "");
      case "power" -> power(property, name, of);
      case "humidity" ->
          Shape.millionths(
              name,
              "Hardware monitor for humidity, as a ratio (multiply with 100.0 to get the humidity"
                  + " as a percentage)"
                  + of);
      case "fan" ->
          Set.of("input", "min", "max", "target").contains(property)
              ? new Shape(name + "_rpm", "Hardware monitor for fan revolutions per minute" + of)
              : other(type, property, name);
      case "freq" -> frequency(property, name, values);
      default -> other(type, property, name);
    };
  }

  private static Shape power(String property, String name, String of) {
    return switch (property) {
      case "accuracy" ->
          Shape.millionths(name, "Hardware monitor power meter accuracy, as a ratio");
      case "average_interval", "average_interval_min", "average_interval_max" ->
          new Shape(name + "_seconds", "Hardware monitor power usage update interval" + of, 0.001);
      default -> Shape.millionths(name + "_watt", "Hardware monitor for power usage in watts" + of);
    };
  }

  /// Frequencies of GPUs, named by their labels; one without a label is not shown.
  private static Shape frequency(String property, String name, Map<String, String> values) {
    if (!property.equals("input")) {
      return other("freq", property, name);
    }
    String label = values.get("label");
    return label == null
        ? new Shape("", "")
        : new Shape(
            name + "_freq_mhz",
            "Hardware monitor for GPU frequency in MHz",
            1e6,
            true,
            false,
            HwmonCollector.clean(label));
  }

  private static Shape other(String type, String property, String name) {
    return new Shape(name, "Hardware monitor " + type + " element " + property);
  }

  private static @Nullable Double number(@Nullable String text) {
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /// The family of a value.
  ///
  /// @param name empty if it is not shown
  /// @param factor what the value is multiplied with, or divided by
  /// @param sensor the sensor's label if it is not the sensor's name
  private record Shape(
      String name, String help, double factor, boolean divide, boolean counter, String sensor) {

    Shape(String name, String help) {
      this(name, help, 1);
    }

    Shape(String name, String help, double factor) {
      this(name, help, factor, false, false, "");
    }

    static Shape millionths(String name, String help) {
      return new Shape(name, help, 1e6, true, false, "");
    }
  }
}
