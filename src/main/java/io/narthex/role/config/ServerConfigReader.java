package io.narthex.role.config;

import io.narthex.config.ConfigException;
import io.narthex.config.Place;
import io.narthex.config.Section;
import io.narthex.config.YamlReader;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.http.HttpClientConfig;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.NameValidation;
import io.narthex.scrape.ScrapeConfig;
import io.narthex.scrape.ScrapeGlobals;
import io.narthex.scrape.ScrapeProtocol;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads and checks configuration files. Every mistake is a {@link ConfigException} with
/// Prometheus' wording and a place.
public final class ServerConfigReader {

  private final Disk disk;
  private final Map<String, String> environment;
  private final ConfigDefaults defaults;

  /// @param environment variables for external labels
  public ServerConfigReader(Disk disk, Map<String, String> environment, ConfigDefaults defaults) {
    this.disk = disk;
    this.environment = Map.copyOf(environment);
    this.defaults = defaults;
  }

  /// Reads `file` and the files of jobs that it names.
  ///
  /// @param agent whether an agent shall run it, which has no rules, alerts and remote reads
  /// @throws ConfigException if it is wrong or cannot be read
  public ServerConfig read(String file, boolean agent) {
    Path folder = Path.of(file).getParent();
    return read(file, text(disk, file), folder == null ? Path.of("") : folder, agent);
  }

  /// Reads `file` alone: the files of jobs that it names are not looked at.
  ///
  /// @throws ConfigException if it is wrong or cannot be read
  public ServerConfig readAlone(String file, boolean agent) {
    Path folder = Path.of(file).getParent();
    Section whole = whole(file, text(disk, file), folder == null ? Path.of("") : folder, agent);
    return config(whole, List.of());
  }

  /// Reads `text` as if it were the content of `file` in `folder`.
  public ServerConfig read(String file, String text, Path folder, boolean agent) {
    Section whole = whole(file, text, folder, agent);
    return config(whole, new JobFiles(disk, globals(global(whole))).read(whole));
  }

  /// The sections, checked, defaults filled in and paths resolved.
  private Section whole(String file, String text, Path folder, boolean agent) {
    Section checked;
    try {
      checked = completed(FileShape.SHAPE.read(YamlReader.read(file, text)));
    } catch (ConfigException e) {
      throw e.retold("parsing YAML file " + file + ": " + e.text());
    }
    if (agent) {
      refuseForAgent(checked);
    }
    return checked.inFolder(folder);
  }

  private ServerConfig config(Section whole, List<JobConfig> jobsOfFiles) {
    ScrapeGlobals globals = globals(global(whole));
    List<JobConfig> jobs = new ArrayList<>();
    whole.sections("scrape_configs").forEach(section -> jobs.add(job(section, globals)));
    jobs.addAll(jobsOfFiles);
    return new ServerConfig(
        globalConfig(global(whole)), jobs, StorageConfig.of(required(whole, "storage")), whole);
  }

  /// What an unreadable file says in place of its text is the mistake.
  static String text(Disk disk, String file) {
    try {
      return new String(disk.read(Path.of(file)), StandardCharsets.UTF_8);
    } catch (DiskException e) {
      throw new ConfigException(Place.startOf(file), String.valueOf(e.getMessage()));
    }
  }

  private static Section required(Section file, String field) {
    Section section = file.section(field);
    if (section == null) {
      throw new IllegalStateException("BUG: no section " + field);
    }
    return section;
  }

  private static Section global(Section file) {
    return required(file, "global");
  }

  private ScrapeGlobals globals(Section global) {
    return GlobalShape.scrapeGlobals(
        global, defaults.protoFirst() ? ScrapeProtocol.PROTO_FIRST : null);
  }

  /// The sections with everything filled in that hangs together over them, in the order in which
  /// the reference checks it.
  private Section completed(Section file) {
    Section global = GlobalShape.completed(global(file), defaults);
    NameValidation names = GlobalShape.names(global);
    ScrapeGlobals globals = globals(global);
    List<Section> jobs = new ArrayList<>();
    Set<String> jobNames = new HashSet<>();
    for (Section section : file.sections("scrape_configs")) {
      ScrapeConfig job = ScrapeShape.config(section, globals);
      if (!jobNames.add(job.jobName())) {
        throw section.error(
            "job_name",
            "found multiple scrape configs with job name " + GoQuote.quote(job.jobName()));
      }
      jobs.add(ScrapeShape.completed(section, job));
    }
    AlertingShape.validate(required(file, "alerting"), names);
    remotes(file, "remote_write", "write", names);
    remotes(file, "remote_read", "read", names);
    TelemetryShape.validate(required(file, "otlp"), names == NameValidation.LEGACY);
    Labels labels = GlobalShape.externalLabels(global, environment);
    return file.with("global", global.with("external_labels", labels.toMap()))
        .with("scrape_configs", jobs)
        .with("storage", StorageShape.completed(required(file, "storage"), defaults));
  }

  private static void remotes(Section file, String field, String verb, NameValidation names) {
    Set<String> seen = new HashSet<>();
    for (Section remote : file.sections(field)) {
      String name = remote.string("name");
      if (!name.isEmpty() && !seen.add(name)) {
        throw remote.error(
            "name",
            "found multiple remote " + verb + " configs with job name " + GoQuote.quote(name));
      }
      if (remote.has("write_relabel_configs")) {
        RelabelShape.validate(remote.sections("write_relabel_configs"), names);
      }
    }
  }

  private static void refuseForAgent(Section file) {
    Section alerting = required(file, "alerting");
    if (alerting.isSet("alertmanagers") || alerting.isSet("alert_relabel_configs")) {
      throw file.error("alerting", "field alerting is not allowed in agent mode");
    }
    for (String field : List.of("rule_files", "remote_read")) {
      if (file.isSet(field)) {
        throw file.error(field, "field " + field + " is not allowed in agent mode");
      }
    }
  }

  static JobConfig job(Section section, ScrapeGlobals globals) {
    return new JobConfig(
        ScrapeShape.config(section, globals),
        HttpClientConfig.of(section),
        DiscoveryFields.configs(section));
  }

  /// The labels as they are, already expanded.
  private static Labels labels(Section global) {
    LabelsBuilder labels = new LabelsBuilder();
    global.<String>map("external_labels").forEach(labels::set);
    return labels.build();
  }

  private static GlobalConfig globalConfig(Section global) {
    return new GlobalConfig(
        global.number("scrape_interval"),
        global.number("evaluation_interval"),
        global.number("rule_query_offset"),
        labels(global),
        global.string("query_log_file"),
        GlobalShape.names(global));
  }
}
