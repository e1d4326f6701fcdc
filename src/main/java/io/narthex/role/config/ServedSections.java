package io.narthex.role.config;

import io.narthex.config.ConfigException;
import io.narthex.config.Section;
import io.narthex.io.http.ConfiguredClients;
import io.narthex.io.http.HttpClientConfig;
import java.util.ArrayList;
import java.util.List;

/// What of a valid file a server can apply today.
public final class ServedSections {

  private ServedSections() {}

  /// Refuses a file with sections that nobody serves yet, naming all of them.
  ///
  /// @throws ConfigException placed at the first one
  public static void check(ServerConfig config) {
    Section file = config.file();
    List<String> names = new ArrayList<>();
    List<ConfigException> places = new ArrayList<>();
    for (String field : List.of("rule_files", "tracing", "remote_write", "remote_read")) {
      if (file.isSet(field)) {
        names.add(field);
        places.add(file.error(field, ""));
      }
    }
    Section alerting = file.section("alerting");
    if (alerting != null && alerting.isSet("alertmanagers")) {
      names.add("alerting.alertmanagers");
      places.add(alerting.error("alertmanagers", ""));
    }
    for (Section job : file.sections("scrape_configs")) {
      for (String field : DiscoveryFields.unserved(job)) {
        names.add(field + " of job \"" + job.string("job_name") + "\"");
        places.add(job.error(field, ""));
      }
      for (String field : ConfiguredClients.unserved(HttpClientConfig.of(job))) {
        names.add(field + " of job \"" + job.string("job_name") + "\"");
        places.add(job.error(""));
      }
    }
    if (!names.isEmpty()) {
      throw places.getFirst().retold("not implemented yet: " + String.join(", ", names));
    }
  }

  /// What the file says to no effect, for the log.
  public static List<String> notices(ServerConfig config) {
    List<String> notices = new ArrayList<>();
    if (config.file().isWritten("runtime")) {
      notices.add("runtime.gogc is ignored: it tunes Go's garbage collector");
    }
    if (config.file().isWritten("otlp")) {
      notices.add("otlp has no effect: the OTLP receiver is not implemented yet");
    }
    return notices;
  }
}
