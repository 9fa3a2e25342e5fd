#!/usr/bin/env bash
# picocli 4.7.7 (Java 17)
#
# Expected: the choices that an error message lists for an enum option are spelled as those of the usage help, where
# ${COMPLETION-CANDIDATES} takes each constant's toString().
# Behaviour: the help has what toString() says, the message of a wrong word has the constants' names, whatever toString() says
# and though enum values are taken in any case. Spelling them alike takes a converter with candidates of its own.
#
# Output seen:
#   help lists: drawn, probabilities
#   error lists: [DRAWN, PROBABILITIES]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
self=$(realpath "$0")
cd "$folder"
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -DoutputDirectory="$folder" \
    -Dartifact=info.picocli:picocli:4.7.7
cat > Words.java <<'JAVA'
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(name = "words")
class Words {
    enum Word {
        DRAWN,
        PROBABILITIES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(names = "--pixels", description = "one of <${COMPLETION-CANDIDATES}>")
    Word word;

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "nothing";
    }

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Words()).setCaseInsensitiveEnumValuesAllowed(true);
        System.out.println("help lists: " + first("one of <(.*)>", line.getUsageMessage()));
        try {
            line.parseArgs("--pixels", "grey");
        } catch (ParameterException wrong) {
            System.out.println("error lists: " + first("(\\[[^\\]]*\\])", wrong.getMessage()));
        }
    }
}
JAVA
java -cp picocli-4.7.7.jar Words.java | tee seen
diff <(sed -n 's/^#   //p' "$self") seen
