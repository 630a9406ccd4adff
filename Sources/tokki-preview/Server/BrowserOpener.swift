import Glibc

/// Opens an address in the person's browser, if the system has a way to.
enum BrowserOpener {
  private static let programs = ["xdg-open", "wslview", "open"]

  private static func program() -> String? {
    guard let path = getenv("PATH") else { return nil }
    let folders = String(cString: path).split(separator: ":")
    for name in programs {
      for folder in folders where access("\(folder)/\(name)", X_OK) == 0 {
        return "\(folder)/\(name)"
      }
    }
    return nil
  }

  static func open(_ address: String) {
    guard let program = program() else { return }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    // None of the server's own: not all that its libraries open closes by itself.
    for descriptor in (STDERR_FILENO + 1)..<Int32(min(1024, sysconf(Int32(_SC_OPEN_MAX)))) {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var arguments = [strdup(program), strdup(address), nil]
    var process: pid_t = 0
    // A group of its own, so that Ctrl-C here does not end the browser.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawn(&process, program, &actions, &attributes, &arguments, environ)
  }
}
