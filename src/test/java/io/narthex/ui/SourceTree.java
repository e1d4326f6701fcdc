package io.narthex.ui;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Templates and bundled assets straight from the checkout, for test runs that have not gone
/// through the build's resource step. What the class path holds comes first.
final class SourceTree extends ClassLoader {

  private static final String ASSETS = "META-INF/resources/ui/";

  private final Path root = checkout();

  SourceTree() {
    super(SourceTree.class.getClassLoader());
  }

  @Override
  protected @Nullable URL findResource(String name) {
    Path file =
        name.startsWith(ASSETS)
            ? root.resolve("target/ui").resolve(name.substring(ASSETS.length()))
            : root.resolve("ui").resolve(name);
    try {
      return Files.exists(file) ? file.toUri().toURL() : null;
    } catch (MalformedURLException e) {
      throw new IllegalStateException("BUG: no URL for " + file, e);
    }
  }

  static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("ui/package.json"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("not inside a checkout: no ui/package.json above");
    }
    return folder;
  }
}
