plugins { kotlin("jvm") version "1.2.3" }

val version2 = "1.2.3"
version = "2.0.0-rc.1"
dependencies { implementation("example:lid:1.2.3") }
