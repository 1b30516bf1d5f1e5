# What an installation and the Debian package hold besides the program: `cpack -G DEB` in build/release.
include(GNUInstallDirs)

install(FILES "${PROJECT_SOURCE_DIR}/packaging/samrad.service" DESTINATION lib/systemd/system)
install(FILES "${PROJECT_SOURCE_DIR}/docs/service.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)

# The program itself writes its settings down, so that the file never says anything else than the program does. Under /usr they are in
# /etc, as the Filesystem Hierarchy Standard has it.
install(CODE [[
  set(folder "${CMAKE_INSTALL_PREFIX}/etc/samrad")
  if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(folder "/etc/samrad")
  endif()
  execute_process(COMMAND "$<TARGET_FILE:samrad>" serve --print-config
    OUTPUT_FILE "$<TARGET_FILE_DIR:samrad>/samrad.toml" COMMAND_ERROR_IS_FATAL ANY)
  file(INSTALL "$<TARGET_FILE_DIR:samrad>/samrad.toml" DESTINATION "${folder}")
]])

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_NAME samrad)
set(CPACK_PACKAGE_VENDOR "Samråd")
set(CPACK_PACKAGE_CONTACT "Samråd <samrad@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "cooperation agreements as programs, and the service that keeps them")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# libcurl4 is loaded when it is needed, so that the tools that find dependencies do not see it.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "tzdata, ca-certificates, libcurl4 (>= 7.88)")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${PROJECT_SOURCE_DIR}/packaging/conffiles"
  "${PROJECT_SOURCE_DIR}/packaging/postinst"
  "${PROJECT_SOURCE_DIR}/packaging/prerm"
  "${PROJECT_SOURCE_DIR}/packaging/postrm")
include(CPack)
