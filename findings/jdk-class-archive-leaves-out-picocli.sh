#!/usr/bin/env bash
# OpenJDK 17.0.15, picocli 4.7.7
#
# Expected: an archive of the classes that a program loaded (-XX:ArchiveClassesAtExit) holds those of its libraries, or Java says which it
# leaves out.
# Behaviour: it holds none of picocli's, which are of class-file version 49 (Java 5): classes before version 50 cannot be archived. Nothing is
# said unless the log is asked (-Xlog:cds, -Xlog:class+load), and a command line that is built on picocli goes on reading and verifying its classes
# at every start.
#
# Output seen:
#   class-file version of picocli.CommandLine: 49
#   Greeting: from the archive
#   classes of picocli: 0 from the archive
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mvn -B -q dependency:copy -Dartifact=info.picocli:picocli:4.7.7 -DoutputDirectory="$folder" >/dev/null
cat >Greeting.java <<'JAVA'
import picocli.CommandLine;

@CommandLine.Command(name = "greeting")
public class Greeting implements Runnable {
    @CommandLine.Option(names = "--name")
    private String name = "you";

    @Override
    public void run() {
        System.out.println("hello " + name);
    }

    public static void main(String[] arguments) {
        new CommandLine(new Greeting()).execute(arguments);
    }
}
JAVA
javac -proc:none -cp picocli-4.7.7.jar Greeting.java
jar cf greeting.jar Greeting.class
path=greeting.jar:picocli-4.7.7.jar

version=$(javap -v -cp picocli-4.7.7.jar picocli.CommandLine | sed -n 's/.*major version: //p')
echo "class-file version of picocli.CommandLine: $version"
java -XX:ArchiveClassesAtExit=greeting.jsa -cp "$path" Greeting >dump.txt 2>&1
[ -f greeting.jsa ]
java -XX:SharedArchiveFile=greeting.jsa -Xlog:class+load:file=loaded.txt -cp "$path" Greeting >/dev/null
grep -q "Greeting source: shared objects file (top)" loaded.txt && echo "Greeting: from the archive"
archived=$(grep " picocli\." loaded.txt | grep -c "shared objects file" || true)
echo "classes of picocli: $archived from the archive"
grep -q " picocli\." loaded.txt
[ "$version" = 49 ] && [ "$archived" = 0 ] && ! grep -qi picocli dump.txt
