package io.narthex.role.config;

import io.narthex.config.ConfigException;
import io.narthex.config.Section;
import io.narthex.discovery.DiscoveryConfig;
import io.narthex.discovery.TargetGroup;
import io.narthex.discovery.file.FileConfig;
import io.narthex.discovery.file.TargetFile;
import io.narthex.discovery.statics.StaticConfig;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.Globs;
import io.narthex.io.http.HttpClientConfig;
import io.narthex.io.http.SecretSource;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.NameValidation;
import io.narthex.model.relabel.Relabeler;
import io.narthex.scrape.TargetCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Looks behind a valid configuration: whether the files that it names are there and say what they
/// should, and whether its targets can be scraped. Order and wording are promtool's.
public final class ConfigReferences {

  private final Disk disk;
  private final boolean withFiles;
  private final Consumer<String> warnings;

  /// @param withFiles whether files are looked at, too
  /// @param warnings told what is odd but allowed
  public ConfigReferences(Disk disk, boolean withFiles, Consumer<String> warnings) {
    this.disk = disk;
    this.withFiles = withFiles;
    this.warnings = warnings;
  }

  /// Checks everything.
  ///
  /// @return the files of rules
  /// @throws IllegalArgumentException with the first mistake
  public List<Path> check(ServerConfig config) {
    List<Path> rules = withFiles ? ruleFiles(config.file().strings("rule_files")) : List.of();
    config.jobs().forEach(this::job);
    Section alerting = config.file().section("alerting");
    if (alerting != null) {
      NameValidation names = config.global().nameValidation();
      alerting.sections("alertmanagers").forEach(section -> alertmanager(section, names));
    }
    return rules;
  }

  private List<Path> ruleFiles(List<String> patterns) {
    List<Path> files = new ArrayList<>();
    for (String pattern : patterns) {
      List<Path> found = Globs.expand(disk, pattern);
      if (found.isEmpty() && !pattern.contains("*")) {
        throw new IllegalArgumentException(
            GoQuote.quote(pattern) + " does not point to an existing file");
      }
      files.addAll(found);
    }
    return files;
  }

  private void job(JobConfig job) {
    String name = job.scrape().jobName();
    if (withFiles) {
      client(job.client());
    }
    for (DiscoveryConfig discovery : job.discovery()) {
      switch (discovery) {
        case FileConfig file ->
            targets(file, "scrape job " + GoQuote.quote(name), groups -> targets(job, groups));
        case StaticConfig statics -> targets(job, statics.groups());
        default -> {}
      }
    }
  }

  private void client(HttpClientConfig client) {
    HttpClientConfig.Authorization authorization = client.authorization();
    if (authorization != null) {
      exists(authorization.credentials(), "authorization credentials or bearer token file");
    }
    exists(client.tls().cert(), "client cert file");
    exists(client.tls().key(), "client key file");
  }

  private void exists(SecretSource source, String what) {
    if (!source.file().isEmpty() && !disk.exists(Path.of(source.file()))) {
      throw new IllegalArgumentException(
          "error checking "
              + what
              + " "
              + GoQuote.quote(source.file())
              + ": stat "
              + source.file()
              + ": no such file or directory");
    }
  }

  private static void targets(JobConfig job, List<TargetGroup> groups) {
    List<String> mistakes = TargetCheck.mistakes(job.scrape(), groups);
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(mistakes.getFirst());
    }
  }

  /// Reads the files of a discovery.
  ///
  /// @param user who has it, for the warning
  private void targets(FileConfig config, String user, Consumer<List<TargetGroup>> check) {
    if (!withFiles) {
      return;
    }
    for (String pattern : config.files()) {
      List<Path> found = Globs.expand(disk, pattern);
      if (found.isEmpty()) {
        warnings.accept(
            "file " + GoQuote.quote(pattern) + " for file_sd in " + user + " does not exist");
      }
      for (Path file : found) {
        List<TargetGroup> groups;
        try {
          groups = TargetFile.read(disk, file);
        } catch (ConfigException | DiskException | IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "checking SD file " + GoQuote.quote(pattern) + ": " + e.getMessage(), e);
        }
        check.accept(groups);
      }
    }
  }

  private void alertmanager(Section section, NameValidation names) {
    Relabeler relabeler =
        new Relabeler(RelabelShape.configs(section.sections("relabel_configs")), names);
    Consumer<List<TargetGroup>> check = groups -> addresses(groups, relabeler);
    for (Section item : section.sections("file_sd_configs")) {
      targets(FileConfig.of(item), "alertmanager config", check);
    }
    check.accept(StaticConfig.of(section.sections("static_configs")).groups());
  }

  private static void addresses(List<TargetGroup> groups, Relabeler relabeler) {
    for (TargetGroup group : groups) {
      for (Labels target : group.targets()) {
        LabelsBuilder labels = new LabelsBuilder(group.labels());
        target.toMap().forEach(labels::set);
        String address = relabeler.process(labels) ? labels.get("__address__") : "";
        if (address.indexOf('/') >= 0) {
          throw new IllegalArgumentException(GoQuote.quote(address) + " is not a valid hostname");
        }
      }
    }
  }
}
