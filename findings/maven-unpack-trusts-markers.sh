#!/usr/bin/env bash
# maven-dependency-plugin 3.11.0 (Maven 3, Java 17)
#
# Expected: the goal unpack-dependencies unpacks what is not in its output folder.
# Behaviour: it goes by marker files in target/dependency-maven-plugin-markers alone. Where the output folder was deleted and the
# markers were not, as when a build is cleaned up but for its target folder, nothing is unpacked and the build succeeds without it.
#
# Output seen:
#   first build: unpacked
#   output folder deleted: not unpacked, build succeeded
#   markers deleted too: unpacked
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>unpacking</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>com.google.code.findbugs</groupId>
      <artifactId>jsr305</artifactId>
      <version>3.0.2</version>
    </dependency>
  </dependencies>
</project>
POM

look() {
    mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:unpack-dependencies \
        -DoutputDirectory="$folder/target/unpacked" -Dmdep.includes='META-INF/MANIFEST.MF' >log 2>&1 || { cat log; exit 1; }
    if [ -f target/unpacked/META-INF/MANIFEST.MF ]; then seen=unpacked; else seen="not unpacked, build succeeded"; fi
    echo "$1: $seen"
    [ "$seen" = "$2" ]
}

look "first build" unpacked
rm -rf target/unpacked
look "output folder deleted" "not unpacked, build succeeded"
rm -rf target/unpacked target/dependency-maven-plugin-markers
look "markers deleted too" unpacked
