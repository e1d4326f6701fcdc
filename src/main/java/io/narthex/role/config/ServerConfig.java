package io.narthex.role.config;

import io.narthex.config.Section;
import java.util.List;

/// A server's configuration file, read and checked.
///
/// @param jobs those of the file itself and of the files that it names
/// @param file all sections, defaults filled in and paths resolved
public record ServerConfig(
    GlobalConfig global, List<JobConfig> jobs, StorageConfig storage, Section file) {

  public ServerConfig {
    jobs = List.copyOf(jobs);
  }

  /// The file as YAML: defaults filled in, secrets hidden.
  public String yaml() {
    return file.toString();
  }
}
