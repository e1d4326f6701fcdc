package io.narthex.io.http;

import io.narthex.config.Secret;
import io.narthex.config.Section;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Where a secret comes from: the configuration itself, a file that is read at each use, or a
/// secret manager, of which there is none here. At most one of them is not empty.
public record SecretSource(Secret inline, String file, String reference) {

  public static final SecretSource NONE = new SecretSource(Secret.NONE, "", "");

  /// The source that the fields `field`, `field_file` and `field_ref` of a section say.
  static SecretSource of(Section section, String field) {
    Secret inline =
        section.get(field) instanceof Secret secret ? secret : Secret.of(section.string(field));
    return new SecretSource(
        inline, section.string(field + "_file"), section.string(field + "_ref"));
  }

  public boolean isEmpty() {
    return inline.isEmpty() && file.isEmpty() && reference.isEmpty();
  }

  /// The secret as it is now, white space around that of a file removed.
  ///
  /// @param what it is, for the message
  /// @throws HttpClientException if it cannot be had
  public String read(Disk disk, String what) {
    if (!reference.isEmpty()) {
      throw new HttpClientException(
          "unable to read " + what + ": cannot use secret ref without manager");
    }
    if (file.isEmpty()) {
      return inline.reveal();
    }
    try {
      return new String(disk.read(Path.of(file)), StandardCharsets.UTF_8).strip();
    } catch (DiskException e) {
      throw new HttpClientException(
          "unable to read " + what + ": unable to read file " + file + ": " + e.getMessage(), e);
    }
  }
}
