#!/usr/bin/env bash
# OpenJDK 17.0.15, picocli 4.7.7
#
# Expected: an archive of the classes that a program loaded (-XX:ArchiveClassesAtExit) holds those of its libraries, of a library of 2025 too.
# Behaviour: it holds none of picocli's. They are of class-file version 49 (Java 5), and no class before version 50 can be archived: a warning
# for each when the archive is made, on standard output, and not a word when it is used. A command line that is built on picocli goes on reading
# and verifying its classes at every start.
#
# Output seen:
#   class-file version of picocli.CommandLine: 49
#   warnings when the archive was made: 164
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
java -XX:ArchiveClassesAtExit=greeting.jsa -cp "$path" Greeting >dump.txt
[ -f greeting.jsa ]
warnings=$(grep -c "Pre JDK 6 class not supported by CDS: 49.0 picocli/" dump.txt || true)
echo "warnings when the archive was made: $warnings"
java -XX:SharedArchiveFile=greeting.jsa -Xlog:class+load:file=loaded.txt -cp "$path" Greeting >/dev/null
grep -q "Greeting source: shared objects file (top)" loaded.txt && echo "Greeting: from the archive"
archived=$(grep " picocli\." loaded.txt | grep -c "shared objects file" || true)
echo "classes of picocli: $archived from the archive"
grep -q " picocli\." loaded.txt
[ "$version" = 49 ] && [ "$archived" = 0 ] && [ "$warnings" -gt 0 ]
