package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import io.narthex.model.labels.LabelRegex;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `powersupplyclass`: batteries and chargers, `/sys/class/power_supply`.
final class PowersupplyclassCollector implements Collector {

  /// Files whose numbers are shown as they are; `file` or `file family`.
  private static final String[] PLAIN = {
    "authentic",
    "calibrate",
    "capacity",
    "capacity_alert_max",
    "capacity_alert_min",
    "cycle_count cyclecount",
    "online",
    "present",
    "time_to_empty_now time_to_empty_seconds",
    "time_to_full_now time_to_full_seconds"
  };

  /// Files in millionths.
  private static final String[] MICRO = {
    "current_boot",
    "current_max",
    "current_now current_ampere",
    "energy_empty",
    "energy_empty_design",
    "energy_full",
    "energy_full_design",
    "energy_now energy_watthour",
    "voltage_boot",
    "voltage_max",
    "voltage_max_design",
    "voltage_min",
    "voltage_min_design",
    "voltage_now voltage_volt",
    "voltage_ocv",
    "charge_control_limit",
    "charge_control_limit_max",
    "charge_counter",
    "charge_empty",
    "charge_empty_design",
    "charge_full",
    "charge_full_design",
    "charge_now charge_ampere",
    "charge_term_current",
    "constant_charge_current",
    "constant_charge_current_max",
    "constant_charge_voltage",
    "constant_charge_voltage_max",
    "precharge_current",
    "input_current_limit",
    "power_now power_watt"
  };

  /// Files in tenths of a degree.
  private static final String[] TENTHS = {
    "temp temp_celsius",
    "temp_alert_max temp_alert_max_celsius",
    "temp_alert_min temp_alert_min_celsius",
    "temp_ambient temp_ambient_celsius",
    "temp_ambient_max temp_ambient_max_celsius",
    "temp_ambient_min temp_ambient_min_celsius",
    "temp_max temp_max_celsius",
    "temp_min temp_min_celsius"
  };

  private static final String[] TEXTS = {
    "capacity_level",
    "charge_type",
    "health",
    "manufacturer",
    "model_name",
    "serial_number",
    "status",
    "technology",
    "type",
    "usb_type",
    "scope"
  };

  private final ProcFs fs;
  private final LabelRegex ignored;

  PowersupplyclassCollector(ProcFs fs, LabelRegex ignored) {
    this.fs = fs;
    this.ignored = ignored;
  }

  @Override
  public String name() {
    return "powersupplyclass";
  }

  @Override
  public void collect(Families out) throws IOException {
    List<String> supplies;
    try {
      supplies = fs.list(fs.sys("class/power_supply"));
    } catch (NoSuchFileException e) {
      throw new NoDataException("no power supplies", e);
    }
    for (String supply : supplies) {
      if (!ignored.matches(supply)) {
        supply(out, fs.sys("class/power_supply").resolve(supply), supply);
      }
    }
  }

  private void supply(Families out, Path path, String supply) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String file : fs.list(path)) {
      if (!fs.isDirectory(path.resolve(file))) {
        String value = fs.valueIfReadable(path.resolve(file));
        if (value != null) {
          values.put(file, value);
        }
      }
    }
    numbers(out, PLAIN, 1, values, supply);
    numbers(out, MICRO, 1e6, values, supply);
    numbers(out, TENTHS, 10, values, supply);
    info(out, values, supply);
  }

  private static void numbers(
      Families out, String[] files, double divisor, Map<String, String> values, String supply)
      throws IOException {
    for (String file : files) {
      int space = file.indexOf(' ');
      String value = values.get(space < 0 ? file : file.substring(0, space));
      if (value != null) {
        String name = file.substring(space + 1);
        out.gauge(
                "node_power_supply_" + name,
                name + " value of /sys/class/power_supply/<power_supply>.",
                "power_supply")
            .add(KernelText.signed(value) / divisor, supply);
      }
    }
  }

  private static void info(Families out, Map<String, String> values, String supply) {
    List<String> names = new ArrayList<>(List.of("power_supply"));
    List<String> texts = new ArrayList<>(List.of(supply));
    for (String name : TEXTS) {
      String text = values.getOrDefault(name, "");
      if (!text.isEmpty()) {
        names.add(name);
        texts.add(text);
      }
    }
    out.gauge(
            "node_power_supply_info",
            "info of /sys/class/power_supply/<power_supply>.",
            names.toArray(String[]::new))
        .add(1, texts.toArray(String[]::new));
  }
}
