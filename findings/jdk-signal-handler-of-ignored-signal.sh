#!/usr/bin/env bash
# OpenJDK 17 (Linux)
#
# Expected: sun.misc.Signal.handle installs the handler that it is given, whatever the process found when it was started, or says that it
# cannot (as it does, by IllegalArgumentException, for signals that the virtual machine keeps to itself).
# Behaviour: where the process was started with SIGINT ignored, as every command is that a shell script starts with &, handle() returns
# as usual and nothing is installed: the signal stays ignored. Only its value tells: the handler before was SIG_IGN, not SIG_DFL. SIGTERM
# is not ignored there, and its handler is called. What tests Ctrl-C from a script must start the program under job control (set -m).
#
# Output seen:
#   started with &: handlers before: INT ignored, TERM default; calls: TERM
#   started with & under set -m: handlers before: INT default, TERM default; calls: INT TERM
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Signals.java <<'JAVA'
import sun.misc.Signal;
import sun.misc.SignalHandler;

class Signals {
    private static String before(String name) {
        SignalHandler before = Signal.handle(new Signal(name), signal -> System.out.println(signal.getName()));
        return name + (before == SignalHandler.SIG_IGN ? " ignored" : " default");
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("handlers before: " + before("INT") + ", " + before("TERM"));
        Thread.sleep(60_000);
    }
}
JAVA
javac -nowarn Signals.java 2>/dev/null

tell() { # how it was started; its output is in a file of that name
    until grep -q handlers "$2"; do sleep 0.1; done
    kill -INT "$1"
    sleep 1
    kill -TERM "$1"
    until grep -q '^TERM$' "$2"; do sleep 0.1; done
    kill -KILL "$1"
    echo "$2: $(head -1 "$2"); calls: $(tail -n +2 "$2" | tr '\n' ' ' | sed 's/ $//')"
}

{
    java Signals > "started with &" &
    tell $! "started with &"
    set -m
    java Signals > "started with & under set -m" &
    tell $! "started with & under set -m"
    set +m
} 2>/dev/null | tee seen
cat > expected <<'SEEN'
started with &: handlers before: INT ignored, TERM default; calls: TERM
started with & under set -m: handlers before: INT default, TERM default; calls: INT TERM
SEEN
diff expected seen
