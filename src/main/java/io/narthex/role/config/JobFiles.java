package io.narthex.role.config;

import io.narthex.config.ConfigException;
import io.narthex.config.Section;
import io.narthex.config.YamlReader;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.Globs;
import io.narthex.model.labels.GoQuote;
import io.narthex.scrape.ScrapeConfig;
import io.narthex.scrape.ScrapeGlobals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The files that `scrape_config_files` names, each with further jobs.
final class JobFiles {

  private final Disk disk;
  private final ScrapeGlobals globals;
  private final Map<String, String> firstFound = new HashMap<>();
  private final List<JobConfig> jobs = new ArrayList<>();

  JobFiles(Disk disk, ScrapeGlobals globals) {
    this.disk = disk;
    this.globals = globals;
  }

  /// The jobs of all files.
  ///
  /// @param main the main file, paths resolved
  List<JobConfig> read(Section main) {
    for (Section job : main.sections("scrape_configs")) {
      firstFound.put(job.string("job_name"), "main config file");
    }
    for (String pattern : main.strings("scrape_config_files")) {
      Globs.expand(disk, pattern).forEach(this::add);
    }
    return jobs;
  }

  private void add(Path file) {
    String quoted = GoQuote.quote(file.toAbsolutePath().normalize().toString());
    String text = ServerConfigReader.text(disk, file.toString());
    try {
      Section section = FileShape.JOBS.read(YamlReader.read(file.toString(), text));
      section.sections("scrape_configs").forEach(job -> add(job, file, quoted));
    } catch (ConfigException e) {
      throw e.retold(quoted + ": " + e.text());
    }
  }

  private void add(Section job, Path file, String quoted) {
    ScrapeConfig scrape = ScrapeShape.config(job, globals);
    String earlier = firstFound.putIfAbsent(scrape.jobName(), quoted);
    if (earlier != null) {
      throw job.error(
          "job_name",
          "found multiple scrape configs with job name "
              + GoQuote.quote(scrape.jobName())
              + ", first found in "
              + earlier);
    }
    Path folder = file.getParent();
    jobs.add(ServerConfigReader.job(job.inFolder(folder == null ? Path.of("") : folder), globals));
  }
}
